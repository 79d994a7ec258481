"""What a target's figure is when it follows from the initiatives: so many of so many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from people.models import Membership, Unit
from people.models.unit import UnitKind
from workflow.deadlines import local_day
from workflow.models import (
    OF_AUTHORS,
    REGISTERED,
    Authorship,
    Computed,
    Initiative,
    Movement,
    State,
    WorkItem,
)
from workflow.queries import below


@dataclass(frozen=True)
class Ratio:
    part: int = 0
    whole: int = 0

    @property
    def percent(self) -> Decimal | None:
        """To two places; nothing when there is nothing to count."""
        if not self.whole:
            return None
        exact = Decimal(100 * self.part) / self.whole
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


Ratios = dict[int, dict[str, Ratio]]
"""By unit and what is computed."""


def ratios(
    units: Sequence[Unit], movements: Sequence[Movement] | None, year: int, now: datetime
) -> Ratios:
    """All that is computed, of each of these units with what is below it, in three statements.

    None of the units may lie below another of them. Without `movements`, all of them count.
    """
    scope: dict[str, Any] = {"round__year": year}
    if movements is not None:
        scope["movement__in"] = list(movements)
    asked = {
        Computed.COVERAGE: _coverage(units, scope),
        Computed.PARTICIPATION: _participation(units, scope, year, local_day(now)),
        Computed.ON_TIME: _on_time(units, scope, now),
    }
    found: Ratios = {unit.pk: dict.fromkeys(asked, Ratio()) for unit in units}
    if units:
        for computed, rows in asked.items():
            for owner, part, whole in rows.values_list("owner", "part", "whole"):
                found[owner][computed] = Ratio(part, whole)
    return found


def _coverage(units: Sequence[Unit], scope: dict[str, Any]) -> Any:
    """Departments with at least 01 registered initiative, of all departments."""
    registered = Initiative.objects.filter(unit=OuterRef("pk"), state__in=REGISTERED, **scope)
    departments = Unit.objects.filter(kind=UnitKind.DEPARTMENT)
    return _grouped(departments, units, "").annotate(
        part=Count("pk", filter=Exists(registered)), whole=Count("pk")
    )


def _participation(units: Sequence[Unit], scope: dict[str, Any], year: int, today: date) -> Any:
    """Staff who are author of something registered, wherever it was registered, of all staff.

    Of a year that is over, the staff of its last day: whoever left since was there, though their
    account is closed today.
    """
    last = date(year, 12, 31)
    members = Membership.objects.in_force(min(today, last)).exclude(
        unit__kind=UnitKind.AUTHORITY  # it sums up its schools
    )
    if today <= last:
        members = members.filter(user__is_active=True)
    inside = {f"initiative__{name}": value for name, value in scope.items()}
    authored = Authorship.objects.filter(
        user=OuterRef("user"), initiative__state__in=REGISTERED, **inside
    )
    return _grouped(members, units, "unit").annotate(
        part=Count("user", distinct=True, filter=Exists(authored)),
        whole=Count("user", distinct=True),
    )


def _on_time(units: Sequence[Unit], scope: dict[str, Any], now: datetime) -> Any:
    inside = {f"initiative__{name}": value for name, value in scope.items()}
    items = owed(now).filter(**inside)
    return _grouped(items, units, "initiative__unit").annotate(part=IN_TIME, whole=Count("pk"))


IN_TIME = Count("pk", filter=Q(closed_at__lt=F("due_at")))


def owed(now: datetime) -> QuerySet[Any]:
    """Registrations and reports that were handed in, or should have been by now. Whether one was
    in time is read from its work item, whose date an extension has moved."""
    items = WorkItem.objects.filter(duty__in=OF_AUTHORS)
    due = items.filter(Q(closed_at__isnull=False) | Q(due_at__lte=now))
    return due.exclude(initiative__state=State.WITHDRAWN)


def _grouped(rows: Any, units: Sequence[Unit], unit: str) -> Any:
    column = f"{unit}__path" if unit else "path"
    owner = Case(
        *(When(**{f"{column}__startswith": one.path}, then=Value(one.pk)) for one in units),
        output_field=IntegerField(),
    )
    inside = rows.filter(below([one.path for one in units], unit))
    return inside.order_by().annotate(owner=owner).values("owner")
