"""How far the dossiers are that follow a change of dates."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from approvals.views.calendars import editable
from people.http import Request
from workflow.models import DateChange

SHOWN = 20


@require_safe
@login_required
def date_change(request: Request, pk: int) -> HttpResponse:
    changes = DateChange.objects.filter(unit__in=editable(request))
    change = get_object_or_404(changes.select_related("unit", "made_by"), pk=pk)
    failed = change.followers.filter(tries__gt=0).select_related("initiative")
    page = {
        "change": change,
        "progress": change.progress(request.now),
        "failed": failed[:SHOWN],
    }
    return render(request, "approvals/date_change.html", page)
