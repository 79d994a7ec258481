from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import Request
from reports import dashboard_charts as charts
from reports import result_charts
from reports.figures import Scope, by_department
from workflow.deadlines import local_day
from workflow.models import Initiative, Movement, Target


@require_safe
@login_required
def dashboard(request: Request) -> HttpResponse:
    """A movement at a glance, in pictures that each have their table."""
    movements = list(movements_seen(request))
    scope = scope_of(request, movements)
    context: dict[str, object] = {"movements": movements, "movement": scope and scope.movement}
    if scope:
        context |= _figures(scope)
    return render(request, "reports/dashboard.html", context)


def movements_seen(request: Request) -> list[Movement]:
    visible = Initiative.objects.visible_to(request.user, local_day(request.now))
    found = Movement.objects.filter(initiatives__in=visible).distinct()
    return list(found.select_related("unit").prefetch_related("rounds"))


def scope_of(request: Request, movements: list[Movement]) -> Scope | None:
    """The movement and year asked for; what nobody can see, or nobody asked for, is the newest."""
    chosen = [movement for movement in movements if str(movement.pk) == request.GET.get("movement")]
    movement = next(iter(chosen or movements), None)
    if movement is None:
        return None
    asked = request.GET.get("year", "")
    years = {str(round_.year) for round_ in movement.rounds.all()}
    return Scope(movement, int(asked) if asked in years else None, request.user, request.now)


def _figures(scope: Scope) -> dict[str, object]:
    rows = by_department(scope)
    funnel = charts.funnel(scope)
    return {
        "years": sorted({round_.year for round_ in scope.movement.rounds.all()}),
        "year": scope.year,
        "query": f"movement={scope.movement.pk}" + (f"&year={scope.year}" if scope.year else ""),
        "total": funnel.rows[0][1],
        "rows": rows,
        "covered": sum(row.covered for row in rows),
        "late": sum(row.late for row in rows),
        "funnel": funnel,
        "coverage": charts.coverage_of(rows),
        "timeliness": charts.timeliness(scope),
        "results": result_charts.results(scope),
        "comparison": result_charts.years(scope),
        "targets": Target.objects.filter(movement=scope.movement),
        "legal_bases": scope.movement.legal_bases.all(),
    }
