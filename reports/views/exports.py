"""A year's dossier as one file: ask for it, watch it being made, call it off, take it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from approvals.views.evidence import INERT
from people.http import Request
from reports.exporting import store
from reports.exporting.asking import Busy, Full, ask, cancel, lose
from reports.exporting.estimate import Estimate, estimates
from reports.exporting.scope import choices, scope, still_granted
from reports.forms.export import ExportForm
from reports.models import Download, Export
from reports.models.export import ExportQuerySet, Part, Reason, Status
from workflow.deadlines import local_day
from workflow.models import Movement

SHOWN = 20
Year = tuple[Movement, int]


def _years(request: Request) -> list[Year]:
    """What the person may ask for; without anything, the pages do not exist for them."""
    found = choices(request.user, local_day(request.now))
    if not found:
        raise Http404
    return found


def _mine(request: Request) -> ExportQuerySet:
    return Export.objects.filter(asked_by=request.user).select_related("movement__unit")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exports(request: Request) -> HttpResponse:
    years = _years(request)
    asked = request.POST.get("of") or request.GET.get("of")
    keys = {f"{movement.pk}-{year}": (movement, year) for movement, year in years}
    today = local_day(request.now)
    begun = (one for one in years if one[1] <= today.year)
    chosen = keys.get(asked) if asked else next(begun, years[0])
    if chosen is None:
        raise Http404
    found = estimates(scope(request.user, today, *chosen, tuple(Part)))
    form = ExportForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        return _ask(request, chosen, form.cleaned_data["parts"])
    page = {
        "years": keys, "of": f"{chosen[0].pk}-{chosen[1]}", "form": form, "found": found,
        "total": _sum(found), "rows": _mine(request)[:SHOWN],
        "living": _mine(request).living().first(),
    }  # fmt: skip
    return render(request, "reports/exports.html", page, status=422 if form.errors else 200)


def _sum(found: list[Estimate]) -> dict[str, int]:
    return {"count": sum(one.count for one in found), "size": sum(one.size for one in found)}


def _ask(request: Request, chosen: Year, parts: list[str]) -> HttpResponse:
    try:
        made = ask(request.user, *chosen, parts, request.now)
    except Busy:
        messages.error(
            request, _("One file is being made for you already. Wait for it, or cancel it.")
        )
        return redirect("reports:exports")
    except Full:
        messages.error(request, _("Many files are waiting to be made. Try again in half an hour."))
        return redirect("reports:exports")
    return redirect("reports:export", pk=made.pk)


def _one(request: Request, pk: int) -> Export:
    _years(request)
    return get_object_or_404(_mine(request).annotate(taken=Count("downloads")), pk=pk)


@require_safe
@login_required
def export(request: Request, pk: int) -> HttpResponse:
    one = _one(request, pk)
    return render(request, "reports/export.html", _state(request, one))


def _state(request: Request, one: Export) -> dict[str, Any]:
    return {
        "export": one,
        "parts": [Part(part).label for part in one.parts if part in Part.values],
        "reason": Reason(one.reason).label if one.reason else "",
        "progress": one.progress(request.now),
        "ahead": Export.objects.living().filter(pk__lt=one.pk).count(),
    }


@require_POST
@login_required
def cancel_export(request: Request, pk: int) -> HttpResponse:
    if cancel(_one(request, pk), request.now):
        messages.success(request, _("Cancelled. Nothing of it is kept."))
    else:
        messages.info(request, _("It had ended before it could be cancelled."))
    return redirect("reports:export", pk=pk)


@require_GET
@login_required
def export_file(request: Request, pk: int) -> HttpResponseBase:
    """Only for who asked, and only while they may see everything that is in it."""
    one = get_object_or_404(_mine(request), pk=pk)
    if not still_granted(one, request.user, local_day(request.now)):
        raise Http404
    if one.status != Status.DONE or (one.expires_at and one.expires_at <= request.now):
        return redirect("reports:export", pk=pk)
    try:
        file = store.path(one.holder).open("rb")
    except FileNotFoundError:
        lose(one)
        messages.error(request, _("The file is no longer on the server. Make it again."))
        return redirect("reports:export", pk=pk)
    Download.objects.create(export=one, user=request.user, at=request.now)
    return FileResponse(
        file, as_attachment=True, filename=one.name, content_type="application/zip", headers=INERT
    )
