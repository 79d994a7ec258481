"""What came of a movement: measured results, and its years beside each other."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from reports.figures import Scope
from workflow.deadlines import local_day
from workflow.models import REGISTERED, REPORTED, Measure, State


def results(scope: Scope) -> QuerySet[Measure]:
    """Measured results of what was reported; the exemplars and the best scored come first."""
    reported = scope.seen.filter(state__in=REPORTED)
    measures = Measure.objects.filter(initiative__in=reported).select_related("initiative__unit")
    return measures.order_by(
        F("initiative__replicated").desc(),
        F("initiative__recognised").desc(),
        F("initiative__score").desc(nulls_last=True),
        "initiative__code",
        "pk",
    )


def change(measure: Measure) -> Decimal | None:
    """In percent of the figure before; nothing when that was zero."""
    if not measure.before:
        return None
    return 100 * (measure.after - measure.before) / measure.before


@dataclass(frozen=True)
class Year:
    year: int
    registered: int
    reported: int
    recognised: int
    replicated: int
    covered: int


def years(scope: Scope) -> list[Year]:
    """Every year of the movement that has begun, whichever year is looked at."""
    counted = (
        scope.of_all_years.order_by()
        .values_list("round__year")
        .annotate(
            registered=Count("pk", filter=Q(state__in=REGISTERED)),
            reported=Count("pk", filter=Q(state__in=REPORTED)),
            of_recognised=Count("pk", filter=Q(state=State.EVALUATED, recognised=True)),
            of_replicated=Count("pk", filter=Q(state=State.EVALUATED, replicated=True)),
            covered=Count(
                "unit", distinct=True, filter=Q(state__in=REGISTERED, unit__in=scope.departments)
            ),
        )
    )
    counts = {row[0]: row[1:] for row in counted}
    begun = scope.movement.rounds.filter(opens_on__lte=local_day(scope.now))
    return [
        Year(year, *counts.get(year, (0, 0, 0, 0, 0)))
        for year in sorted(set(begun.order_by().values_list("year", flat=True)))
    ]
