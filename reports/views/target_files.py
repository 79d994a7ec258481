"""A file that proves what a unit reached: read, and struck out when it was the wrong one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.entering import strike
from approvals.views.evidence import saved
from people.http import Request
from reports.forms import StrikeForm
from reports.overseen import Sight
from reports.views.target_entry import place_of
from workflow.deadlines import local_day
from workflow.models import TargetFile


@require_safe
@login_required
def target_file(request: Request, pk: int) -> HttpResponseBase:
    """Whoever sees the unit's targets may read what proves them; what was struck out, which may
    show what it should not, only those who answer for the entry.
    """
    sight = Sight.of(request.user, local_day(request.now))
    found = _found(sight, pk)
    if hasattr(found, "strike") and not sight.may_enter(found.entry.unit):
        raise Http404
    return saved(request, found)


@require_http_methods(["GET", "POST"])
@login_required
def strike_file(request: Request, pk: int) -> HttpResponse:
    found = _found(Sight.of(request.user, local_day(request.now)), pk)
    entry = found.entry
    place, may_enter = place_of(request, entry.target_id, entry.unit_id, entry.year)
    if not may_enter:
        raise PermissionDenied
    to_entry = redirect("reports:target_entry", entry.target_id, entry.unit_id, entry.year)
    if hasattr(found, "strike"):
        return to_entry
    form = StrikeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"file": found, "place": place, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "reports/strike_file.html", context, status=status)
    strike(found, request.user, request.now, form.cleaned_data["reason"])
    messages.success(request, _("Struck out: %(file)s.") % {"file": found.name})
    return to_entry


def _found(sight: Sight, pk: int) -> TargetFile:
    files = TargetFile.objects.select_related("entry__unit", "strike")
    return get_object_or_404(files, pk=pk, entry__unit__in=sight.units)
