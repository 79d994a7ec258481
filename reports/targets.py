"""What a unit reached of its targets and indices in a year, line by line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.models.unit import UnitKind
from reports.ratios import Ratio, ratios
from workflow.models import Audience, Movement, Target, TargetEntry

OF_KIND = {
    UnitKind.DEPARTMENT: (Audience.COLLECTIVE, Audience.INDIVIDUAL),
    UnitKind.SCHOOL: tuple(Audience),
}
"""Which targets a unit answers for. What is computed, it has besides."""


class Reached(TextChoices):
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    FOLLOWED = "followed", _("nothing to measure it by yet")
    MISSING = "missing", _("not yet entered")


@dataclass(frozen=True)
class Line:
    """A target of one unit and year. `before` is the figure of the year before."""

    target: Target
    entry: TargetEntry | None = None
    before: Decimal | None = None
    ratio: Ratio | None = None

    @property
    def value(self) -> Decimal | None:
        if self.target.computed:
            return self.ratio.percent if self.ratio else None
        return self.entry.value if self.entry else None

    @property
    def state(self) -> Reached:
        value, target = self.value, self.target
        if not target.measure and not target.computed:
            met = self.entry.met if self.entry else None
            return Reached.MISSING if met is None else _verdict(met)
        if value is None:
            return Reached.MISSING
        if target.required is not None:
            return _verdict(
                value >= target.required if target.higher_is_better else value <= target.required
            )
        if target.audience == Audience.INDEX and self.before is not None:
            return _verdict(value > self.before if target.higher_is_better else value < self.before)
        return Reached.FOLLOWED

    @property
    def width(self) -> Decimal | None:
        """How long its bar is, in percent of the highest possible."""
        if self.value is None or not self.target.maximum:
            return None
        return min(Decimal(100), 100 * self.value / self.target.maximum)

    @property
    def mark(self) -> Decimal | None:
        """Where on the bar that which is required stands."""
        if self.target.required is None or not self.target.maximum:
            return None
        return 100 * self.target.required / self.target.maximum


def _verdict(met: bool) -> Reached:
    return Reached.MET if met else Reached.NOT_MET


Sheets = dict[int, list[Line]]
"""The lines of each unit."""


def answers_for(unit: Unit, target: Target) -> bool:
    """Does this unit have this target, computed or entered?"""
    return bool(target.computed) or target.audience in OF_KIND.get(UnitKind(unit.kind), ())


def sheets(movements: Mapping[Unit, Movement], year: int, now: datetime) -> Sheets:
    """The lines of several units of one level, in a number of statements that does not grow."""
    units, chosen = list(movements), list(set(movements.values()))
    targets: dict[int, list[Target]] = {}
    for target in Target.objects.filter(movement__in=chosen).order_by("pk"):
        targets.setdefault(target.movement_id, []).append(target)
    entries = {
        (entry.unit_id, entry.target_id, entry.year): entry
        for entry in _entries(units, chosen, year)
    }
    computed = ratios(units, chosen, year, now)

    def line(unit: Unit, target: Target) -> Line:
        before = entries.get((unit.pk, target.pk, year - 1))
        return Line(
            target,
            entries.get((unit.pk, target.pk, year)),
            before.value if before else None,
            computed[unit.pk].get(target.computed),
        )

    return {
        unit.pk: [
            line(unit, target)
            for target in targets.get(movement.pk, ())
            if answers_for(unit, target)
        ]
        for unit, movement in movements.items()
    }


def _entries(units: list[Unit], movements: list[Movement], year: int) -> QuerySet[TargetEntry]:
    """What holds now, of the year and of the one before it."""
    entries = TargetEntry.objects.current().filter(
        unit__in=units, target__movement__in=movements, year__in=(year, year - 1)
    )
    return entries.select_related("entered_by", "initiative").annotate(
        held=Count("files", filter=Q(files__strike=None))
    )


def tally(lines: list[Line]) -> dict[str, int]:
    """How many targets stand how."""
    counted = Counter(line.state for line in lines)
    return {state.value: counted[state] for state in Reached}
