"""The calendar of a line of units: the statutory one with what the units have entered on top.

Kept per process under the stamp of the last change. The stamp is read together with the case, in
a statement that is made anyway, so a kept calendar is exactly the one in the database.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Generic, TypeVar

from django.db.models import Q

from people.models import Unit, User
from workflow.calendar import STATUTORY, Calendar
from workflow.models import CalendarDay, CalendarStamp, DayKind
from workflow.queries import below

Answer = TypeVar("Answer")
KEPT = 4096
"""Lines of units per process."""


def stamp() -> str:
    """The word that the last change of any calendar left; empty before the first."""
    return CalendarStamp.current()


def of_line(line: Iterable[int], stamp: str) -> Calendar:
    """The calendar of a unit, given by the keys from it up to the root. Free when it is kept."""
    return _kept(tuple(line), stamp) if stamp else STATUTORY


def of(unit: Unit) -> Calendar:
    """For whoever has no stamp at hand: one statement to learn it."""
    return of_line(unit.line, stamp())


@lru_cache(maxsize=KEPT)
def _kept(line: tuple[int, ...], stamp: str) -> Calendar:
    rows = CalendarDay.objects.filter(unit__in=line)
    return _laid_over(rows.values_list("unit", "day", "kind"), line)


def _laid_over(rows: Iterable[tuple[int, date, str]], line: tuple[int, ...]) -> Calendar:
    """From the root down: the nearer unit has the last word about a day."""
    kinds = {}
    for _unit, day, kind in sorted(rows, key=lambda row: -line.index(row[0])):
        kinds[day] = kind
    return Calendar(
        frozenset(day for day, kind in kinds.items() if kind == DayKind.OFF),
        frozenset(day for day, kind in kinds.items() if kind == DayKind.WORKING),
    )


class Below:
    """The calendars of a unit and of all below it, as they are now: one statement for them all."""

    def __init__(self, unit: Unit) -> None:
        entered = CalendarDay.objects.filter(Q(unit__in=unit.line) | below([unit.path], "unit"))
        self._rows: dict[int, list[tuple[int, date, str]]] = {}
        for row in entered.order_by().values_list("unit", "day", "kind"):
            self._rows.setdefault(row[0], []).append(row)
        self._known: dict[tuple[int, ...], Calendar] = {}

    def of(self, path: str) -> Calendar:
        """`path`: of a unit, from the root to it."""
        line = [int(key) for key in reversed(path.strip("/").split("/"))]
        differing = tuple(key for key in line if key in self._rows)
        if differing not in self._known:
            rows = [row for key in differing for row in self._rows[key]]
            self._known[differing] = _laid_over(rows, differing)
        return self._known[differing]


@dataclass(frozen=True)
class Zone(Generic[Answer]):
    """Units for which something comes out alike: a subtree, without the parts that differ."""

    answer: Answer
    path: str
    without: tuple[str, ...]

    def units(self, unit: str = "unit") -> Q:
        """As a filter; `unit` is how the query reaches the unit."""
        return below([self.path], unit) & ~below(list(self.without), unit)


def zones(root: Unit, ask: Callable[[Calendar], Answer]) -> Iterator[Zone[Answer]]:
    """The subtree of a unit, cut where what `ask` makes of the calendars changes.

    A closure in another month changes nothing today: most of the time there is one zone, and a
    question to the database needs asking once.
    """
    word = stamp()
    entered = CalendarDay.objects.filter(unit__path__startswith=root.path).order_by()
    units = Unit.objects.filter(pk__in=entered.values("unit")).exclude(pk=root.pk)
    answers = {root.path: ask(of_line(root.line, word))}
    for unit in units.order_by("path"):
        answer = ask(of_line(unit.line, word))
        if answer != answers[_nearest(unit.path, answers)]:
            answers[unit.path] = answer
    for path, answer in answers.items():
        deeper = (other for other in answers if other != path and other.startswith(path))
        yield Zone(answer, path, tuple(deeper))


def _nearest(path: str, known: Container[str]) -> str:
    """The closest unit above, or the root, by their paths."""
    while path not in known:
        path = path[: path.rstrip("/").rindex("/") + 1]
    return path


def enter(unit: Unit, days: dict[date, str], reason: str, by: User, now: datetime) -> None:
    """Let a unit differ on these days, each by its kind. A day it has entered already is refused
    by the unique key (IntegrityError).
    """
    CalendarDay.objects.bulk_create(
        CalendarDay(unit=unit, day=day, kind=kind, reason=reason, entered_by=by, entered_at=now)
        for day, kind in days.items()
    )
    CalendarStamp.renew()


def strike(unit: Unit, days: Iterable[date]) -> None:
    """Let what the unit itself entered for these days be as if it never was."""
    unit.calendar_days.filter(day__in=days).delete()
    CalendarStamp.renew()
