"""Being away: entered by oneself, and over with the day named or one press earlier."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from approvals.absences import cover
from approvals.forms.absence import AbsenceForm
from people.http import Request
from people.models import Absence
from workflow.calendar import DAY
from workflow.deadlines import local_day


@require_http_methods(["GET", "POST"])
@login_required
def go_away(request: Request) -> HttpResponse:
    """From its first day on, what waits for the absent alone waits for their deputy too."""
    absence = Absence(user=request.user)
    form = AbsenceForm(request.POST or None, absence=absence, today=local_day(request.now))
    if request.method == "POST" and form.is_valid():
        form.save()
        cover(request.now)
        messages.success(request, _("Your absence is entered."))
        return redirect("approvals:delegations")
    status = 422 if form.is_bound else 200
    return render(request, "approvals/go_away.html", {"form": form}, status=status)


@require_POST
@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """One that has begun ends with yesterday; one to come is struck out."""
    absence = get_object_or_404(request.user.absences, pk=pk)
    today = local_day(request.now)
    if absence.starts_on < today:
        absence.ends_on = min(absence.ends_on, today - DAY)
        absence.save()
    else:
        absence.delete()
    cover(request.now)
    messages.success(request, _("Welcome back: the decisions are yours again."))
    return redirect("approvals:delegations")
