from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import Request
from reports.figures import by_department, funnel
from workflow.deadlines import local_day
from workflow.models import Initiative, Movement


@require_safe
@login_required
def dashboard(request: Request) -> HttpResponse:
    """A movement at a glance: funnel by state, coverage and lateness by department."""
    visible = Initiative.objects.visible_to(request.user, local_day(request.now))
    movements = list(Movement.objects.filter(initiatives__in=visible).distinct())
    chosen = [movement for movement in movements if str(movement.pk) == request.GET.get("movement")]
    movement = next(iter(chosen or movements), None)
    context: dict[str, object] = {"movements": movements, "movement": movement}
    if movement:
        context |= _figures(request, movement)
    return render(request, "reports/dashboard.html", context)


def _figures(request: Request, movement: Movement) -> dict[str, object]:
    years = sorted(set(movement.rounds.values_list("year", flat=True)))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    bars = funnel(movement, year, request.user, request.now)
    rows = by_department(movement, year, request.user, request.now)
    return {
        "years": years,
        "year": year,
        "bars": bars,
        "total": sum(bar.count for bar in bars),
        "rows": rows,
        "covered": sum(row.covered for row in rows),
        "late": sum(row.late for row in rows),
        "targets": movement.targets.all(),
        "legal_bases": movement.legal_bases.all(),
    }
