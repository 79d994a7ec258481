"""How far the initiatives of a movement have come, within what the reader may see."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.holdings import paths
from people.models import Unit, User
from people.models.unit import UnitKind
from reports.overseen import SEEING
from reports.ratios import IN_TIME, owed
from workflow.deadlines import last_day, local_day
from workflow.models import (
    REGISTERED,
    REPORTED,
    Duty,
    Initiative,
    Movement,
    State,
    WorkItem,
)
from workflow.queries import InitiativeQuerySet, below


@dataclass(frozen=True)
class Scope:
    """A movement, one of its years or all of them, and who is reading."""

    movement: Movement
    year: int | None
    user: User
    now: datetime

    @cached_property
    def of_all_years(self) -> InitiativeQuerySet:
        seen = Initiative.objects.visible_to(self.user, local_day(self.now))
        return seen.filter(movement=self.movement)

    @property
    def seen(self) -> InitiativeQuerySet:
        return self.of_all_years.filter(round__year=self.year) if self.year else self.of_all_years

    @cached_property
    def departments(self) -> list[Unit]:
        """Every department of the movement that the reader covers, also those without any."""
        covered = paths(self.user, local_day(self.now), *SEEING)
        inside = Unit.objects.filter(below(covered, ""), kind=UnitKind.DEPARTMENT)
        return list(inside.filter(path__startswith=self.movement.unit.path).order_by("name"))


@dataclass(frozen=True)
class Stage:
    """How many have come this far or further."""

    name: str
    label: str
    count: int


def funnel(scope: Scope) -> list[Stage]:
    """From the first draft to replication. What was withdrawn is in no stage."""
    counts = scope.seen.order_by().aggregate(
        put_forward=Count("pk", filter=~Q(state=State.WITHDRAWN)),
        registered=Count("pk", filter=Q(state__in=REGISTERED)),
        reported=Count("pk", filter=Q(state__in=REPORTED)),
        evaluated=Count("pk", filter=Q(state=State.EVALUATED)),
        of_recognised=Count("pk", filter=Q(state=State.EVALUATED, recognised=True)),
        of_replicated=Count("pk", filter=Q(state=State.EVALUATED, replicated=True)),
    )
    labels = {
        "put_forward": _("proposed"),
        "registered": _("registered"),
        "reported": _("reported"),
        "evaluated": _("evaluated"),
        "of_recognised": _("recognised"),
        "of_replicated": _("to be replicated"),
    }
    return [Stage(name.removeprefix("of_"), label, counts[name]) for name, label in labels.items()]


def withdrawn(scope: Scope) -> int:
    return scope.seen.filter(state=State.WITHDRAWN).count()


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    registered: int
    reported: int
    late: int

    @property
    def covered(self) -> bool:
        """The plan's target: at least 01 registered initiative in every unit."""
        return self.registered > 0


def by_department(scope: Scope) -> list[UnitRow]:
    counted = (
        scope.seen.order_by()
        .values("unit")
        .annotate(
            registered=Count("pk", filter=Q(state__in=REGISTERED)),
            reported=Count("pk", filter=Q(state__in=REPORTED)),
        )
        .values_list("unit", "registered", "reported")
    )
    counts = {unit: (registered, reported) for unit, registered, reported in counted}
    overdue = WorkItem.objects.overdue(scope.now).filter(initiative__in=scope.seen).order_by()
    late = dict(
        overdue.values_list("initiative__unit").annotate(Count("initiative", distinct=True))
    )
    return [
        UnitRow(unit, *counts.get(unit.pk, (0, 0)), late.get(unit.pk, 0))
        for unit in scope.departments
    ]


@dataclass(frozen=True)
class Month:
    """What fell due in a month: registrations or reports, by their last day in time."""

    year: int
    month: int
    duty: str
    in_time: int
    all: int

    @property
    def late(self) -> int:
        return self.all - self.in_time


def timeliness(scope: Scope) -> list[Month]:
    """Handed in before the due date, of all that was handed in or should have been."""
    due = owed(scope.now).filter(initiative__in=scope.seen).order_by()
    counted = due.values_list("due_at", "duty").annotate(in_time=IN_TIME, count=Count("pk"))
    sums: dict[tuple[int, int, str], list[int]] = {}
    for due_at, duty, in_time, count in counted:
        day = last_day(due_at)
        month = sums.setdefault((day.year, day.month, duty), [0, 0])
        month[0] += in_time
        month[1] += count
    return [Month(*key, *sums[key]) for key in sorted(sums, key=_order)]


def _order(key: tuple[int, int, str]) -> tuple[int, int, bool]:
    return key[0], key[1], key[2] == Duty.REPORT
