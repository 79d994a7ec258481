"""A year of a unit's calendar as people look at it: months of weeks, and what was entered."""

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from people.models import Unit
from workflow.calendar import DAY, FRIDAY, Calendar, holiday_name
from workflow.models import CalendarDay

WEEKEND = 3 * DAY
WEEKS = months.Calendar(firstweekday=months.MONDAY)


@dataclass(frozen=True)
class Cell:
    """A day: is it worked, what is it called, and did a unit enter it?"""

    day: date
    works: bool
    name: str
    entered: bool

    @property
    def tone(self) -> str:
        """What kind of day it is, for CSS; nothing for a plain working day."""
        if self.works:
            return "made-up" if self.entered or self.day.weekday() > FRIDAY else ""
        if self.entered:
            return "closed"
        return "holiday" if self.name else "off"


@dataclass(frozen=True)
class Run:
    """Days in a row that a unit entered alike."""

    unit: Unit
    kind: str
    label: str
    reason: str
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    def goes_on(self, entry: CalendarDay) -> bool:
        alike = (self.unit, self.kind, self.reason) == (entry.unit, entry.kind, entry.reason)
        return alike and entry.day - self.last <= WEEKEND


def year(
    number: int, calendar: Calendar, entries: Iterable[CalendarDay], language: str
) -> list[tuple[date, list[list[Cell | None]]]]:
    """Each month by its first day, in weeks from Monday; days of other months are None."""
    reasons = {entry.day: entry.reason for entry in entries}
    entered = calendar.off | calendar.working

    def cell(day: date) -> Cell:
        name = reasons.get(day, "") or holiday_name(day, language)
        return Cell(day, calendar.is_working_day(day), name, day in entered)

    return [
        (
            date(number, month, 1),
            [
                [cell(day) if day.month == month else None for day in week]
                for week in WEEKS.monthdatescalendar(number, month)
            ],
        )
        for month in range(1, 13)
    ]


def runs(entries: Iterable[CalendarDay]) -> list[Run]:
    """What was entered, in the order of days. A weekend between two days does not part them."""
    found: list[Run] = []
    for one in sorted(entries, key=lambda one: (one.unit_id, one.kind, one.reason, one.day)):
        if found and found[-1].goes_on(one):
            found[-1] = replace(found[-1], days=(*found[-1].days, one.day))
        else:
            found.append(Run(one.unit, one.kind, one.get_kind_display(), one.reason, (one.day,)))
    return sorted(found, key=lambda run: (run.first, run.unit.path))
