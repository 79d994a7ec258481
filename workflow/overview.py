"""A year of a unit's calendar as people look at it: months of weeks, and what was entered."""

import calendar as months
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from people.models import Unit
from workflow.calendar import DAY, FRIDAY, Calendar, holiday_name
from workflow.models import CalendarDay

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
    first: date
    last: date


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
    ordered = sorted(entries, key=lambda one: (one.unit_id, one.kind, one.reason, one.day))
    return sorted(_joined(ordered), key=lambda run: (run.first, run.unit.path))


def _joined(ordered: list[CalendarDay]) -> Iterator[Run]:
    open_run: Run | None = None
    for one in ordered:
        alike = open_run and (open_run.unit, open_run.kind, open_run.reason) == (
            one.unit, one.kind, one.reason,
        )  # fmt: skip
        if open_run and alike and one.day - open_run.last <= 3 * DAY:
            open_run = Run(one.unit, one.kind, open_run.label, one.reason, open_run.first, one.day)
            continue
        if open_run:
            yield open_run
        open_run = Run(one.unit, one.kind, one.get_kind_display(), one.reason, one.day, one.day)
    if open_run:
        yield open_run
