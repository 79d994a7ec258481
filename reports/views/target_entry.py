"""One target of a unit and year: its history, and the form for whoever may enter."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals import vault
from approvals.entering import Place, Superseded, enter
from people.http import Request
from reports.forms import TargetForm
from reports.forms.target import initial
from reports.overseen import Sight, years_of
from reports.targets import answers_for
from workflow.deadlines import local_day
from workflow.models import Initiative, Target


def place_of(request: Request, target: int, unit: int, year: int) -> tuple[Place, bool]:
    """What the address is about and whether the person may enter it; else 404."""
    sight = Sight.of(request.user, local_day(request.now))
    found = get_object_or_404(
        Target.objects.select_related("movement").prefetch_related("movement__rounds"), pk=target
    )
    of = get_object_or_404(sight.units, pk=unit)
    fits = answers_for(of, found) and found.movement.unit_id in of.line and not found.computed
    if not fits or year not in years_of(found.movement, local_day(request.now)):
        raise Http404
    return Place(found, of, year), sight.may_enter(of)


@require_http_methods(["GET", "POST"])
@login_required
def target_entry(request: Request, target: int, unit: int, year: int) -> HttpResponse:
    place, may_enter = place_of(request, target, unit, year)
    if request.method == "POST":
        if not may_enter:
            raise PermissionDenied
        return _enter(request, place)
    return _page(request, place, _form(request, place) if may_enter else None)


def _form(request: Request, place: Place, data: Any = None, files: Any = None) -> TargetForm:
    visible = Initiative.objects.visible_to(request.user, local_day(request.now))
    start = initial(place.entries.first()) | {"key": uuid.uuid4()}
    too_much = getattr(request, "too_much", False)
    return TargetForm(
        data, files, place=place, visible=visible, initial=start, too_much=too_much
    )  # fmt: skip


def _enter(request: Request, place: Place) -> HttpResponse:
    form = _form(request, place, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form, 422)
    try:
        with vault.receiving(form.chosen) as uploads:
            enter(
                place, request.user, request.now, form.cleaned_data["seen"], form.words(), uploads,
                form.evidence() if uploads else None,
            )  # fmt: skip
    except Superseded as superseded:
        return _page(request, place, _form(request, place), 409, superseded.newest)
    messages.success(request, _("Entered: %(target)s.") % {"target": place.target.short})
    address = reverse("reports:targets") + (
        f"?unit={place.unit.pk}&movement={place.target.movement_id}&year={place.year}"
    )
    return redirect(address)


def _page(
    request: Request, place: Place, form: TargetForm | None, status: int = 200, newest: Any = None
) -> HttpResponse:
    history = place.entries.select_related("entered_by", "initiative").prefetch_related(
        "files__strike__struck_by"
    )
    visible = Initiative.objects.visible_to(request.user, local_day(request.now))
    context = {
        "place": place, "form": form, "history": history, "newest": newest, "status": status,
        "readable": set(
            visible.filter(pk__in=history.values("initiative")).values_list("pk", flat=True)
        ),
    }  # fmt: skip
    return render(request, "reports/target.html", context, status=status)
