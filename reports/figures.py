"""What a movement adds up to, within what the reader may see."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from people.grants import paths
from people.models import Unit, User
from people.models.unit import UnitKind
from workflow.deadlines import local_day
from workflow.models import Initiative, Movement, State, WorkItem
from workflow.queries import InitiativeQuerySet

REGISTERED = (State.REGISTERED, State.IN_PROGRESS, State.REPORTED, State.EVALUATED)


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: how many, and how wide beside the longest, in percent."""

    name: str
    label: str
    count: int
    width: int


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


def funnel(movement: Movement, year: int | None, user: User, now: datetime) -> list[Bar]:
    seen = _seen(movement, year, user, now)
    counts = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    longest = max(counts.values(), default=1)
    return [
        Bar(
            state,
            str(State(state).label),
            counts.get(state, 0),
            round(counts.get(state, 0) / longest * 100),
        )
        for state in State.values
    ]


def by_department(movement: Movement, year: int | None, user: User, now: datetime) -> list[UnitRow]:
    """Every department of the movement's school the reader covers, also those without any."""
    seen = _seen(movement, year, user, now)
    counts = {
        row["unit"]: row
        for row in seen.order_by()
        .values("unit")
        .annotate(
            registered=Count("pk", filter=Q(state__in=REGISTERED)),
            reported=Count("pk", filter=Q(state__in=(State.REPORTED, State.EVALUATED))),
        )
    }
    late = dict(
        WorkItem.objects.overdue(now)
        .filter(initiative__in=seen)
        .order_by()
        .values_list("initiative__unit")
        .annotate(Count("initiative", distinct=True))
    )
    none = {"registered": 0, "reported": 0}
    return [
        UnitRow(unit, row["registered"], row["reported"], late.get(unit.pk, 0))
        for unit in _departments(movement, user, now)
        for row in (counts.get(unit.pk, none),)
    ]


def _seen(movement: Movement, year: int | None, user: User, now: datetime) -> InitiativeQuerySet:
    seen = Initiative.objects.visible_to(user, local_day(now)).filter(movement=movement)
    return seen.filter(round__year=year) if year else seen


def _departments(movement: Movement, user: User, now: datetime) -> QuerySet[Unit]:
    covered = Q(pk__in=())
    for path in paths(user, local_day(now), "see_dossiers", "see_registered"):
        covered |= Q(path__startswith=path)
    return Unit.objects.filter(
        covered, kind=UnitKind.DEPARTMENT, path__startswith=movement.unit.path
    ).order_by("name")
