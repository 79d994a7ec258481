"""What a change of a round or a calendar would move.

Fast for 100,000 open items: a due date is computed once for all that are counted alike, and the
calendars of all units come in one statement.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q

from people.models import Unit
from workflow import calendars
from workflow.allowances import Bounds, due
from workflow.deadlines import before, is_overdue, local_day
from workflow.models import Follower, Movement, Round, WorkItem
from workflow.queries import below

Change = Callable[[], None]


@dataclass(frozen=True)
class Scope:
    """The dossiers whose dates a change can move: those below a unit, or those of a movement."""

    unit: Unit
    movement: Movement | None = None

    @property
    def open_items(self) -> Q:
        if self.movement:
            return Q(initiative__movement=self.movement)
        return below([self.unit.path], "initiative__unit")


class Shift(NamedTuple):
    """An open item, the due date it has, and the one that it would have."""

    item: int
    dossier: int
    was: datetime
    due_at: datetime
    late_at_once: bool


class Open(NamedTuple):
    """What the due date of an open item follows from."""

    item: int
    dossier: int
    duty: str
    counted_from: datetime
    working_days: int
    due_at: datetime
    round: int
    extended_before: date | None
    path: str


class Plan:
    """The bounds and calendars of a scope as they are at this moment."""

    def __init__(self, scope: Scope) -> None:
        self._calendars = calendars.Below(scope.unit)
        rounds = Round.objects.order_by().annotate(
            reports=Round.objects.all().report_bound("movement", "year")
        )
        rounds = rounds.filter(movement=scope.movement) if scope.movement else rounds
        columns = rounds.values_list("pk", "register_before", "reports")
        self._rounds = {pk: (register, reports) for pk, register, reports in columns}
        self._of_bounds = cache(due)
        self._known: dict[tuple[Any, ...], datetime] = {}

    def due(self, item: Open) -> datetime:
        """The hour from which an allowance is counted makes no difference: only its day does."""
        day = local_day(item.counted_from)
        alike = (item.duty, day, item.working_days, item.round, item.extended_before, item.path)
        if alike not in self._known:
            bounds = Bounds(*self._rounds[item.round], item.extended_before)
            calendar = self._calendars.of(item.path)
            self._known[alike] = self._of_bounds(
                item.duty, before(day), item.working_days, bounds, calendar
            )
        return self._known[alike]


def shifts(change: Change, scope: Scope, now: datetime) -> list[Shift]:
    """Make the change, and say which open items have another due date by it; the nearest first.

    An item that has still to follow an earlier change is seen as if it had. So what is found does
    not depend on how far that one has come.
    """
    earlier = Plan(scope)
    change()
    later = Plan(scope)
    waiting = set(Follower.objects.order_by().values_list("initiative", flat=True))
    found = []
    for item in _open_items(scope):
        was = earlier.due(item) if item.dossier in waiting else item.due_at
        if (due_at := later.due(item)) != was:
            late = is_overdue(due_at, now) and not is_overdue(was, now)
            found.append(Shift(item.item, item.dossier, was, due_at, late))
    return sorted(found, key=attrgetter("was", "item"))


def _open_items(scope: Scope) -> Iterator[Open]:
    """All at once: for a cursor the database would choose a plan that is quick for the first rows
    and slow for all.
    """
    rows = WorkItem.objects.open().filter(scope.open_items, counted_from__isnull=False)
    columns: Any = rows.order_by().values_list(
        "pk", "initiative_id", "duty", "counted_from", "working_days", "due_at",
        "initiative__round_id", "initiative__extended_before", "initiative__unit__path",
    )  # fmt: skip
    return map(Open._make, columns)


def fingerprint(found: list[Shift]) -> str:
    """Of everything that would move, and where to."""
    seal = sha256()
    for shift in found:
        seal.update(f"{shift.item} {shift.was.timestamp()} {shift.due_at.timestamp()}\n".encode())
    return seal.hexdigest()
