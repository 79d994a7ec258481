"""The working days of a unit: a year at a glance, and what the unit says otherwise."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.forms.calendar import DaysForm, StrikeForm
from approvals.shifts import Scope
from approvals.views.changing_dates import EDIT_CALENDAR, show_or_save
from people.holdings import paths
from people.http import Request
from people.models import Unit
from workflow import calendars as kept
from workflow import overview
from workflow.deadlines import local_day
from workflow.models import CalendarDay, DateChange
from workflow.queries import below

FIRST_YEAR, LAST_YEAR = 2020, 2099


def editable(request: Request) -> Any:
    """The units whose working days the person keeps."""
    subtrees = paths(request.user, local_day(request.now), EDIT_CALENDAR)
    return Unit.objects.filter(below(subtrees, ""))


@require_safe
@login_required
def calendars(request: Request) -> HttpResponse:
    """To the highest unit the person keeps."""
    unit = editable(request).first()
    if unit is None:
        raise Http404
    return redirect("approvals:calendar", unit.pk)


@require_http_methods(["GET", "POST"])
@login_required
def calendar(request: Request, pk: int) -> HttpResponse:
    """GET shows a year; POST shows what the days entered would move, and saves what was shown."""
    unit = get_object_or_404(editable(request), pk=pk)
    today = local_day(request.now)
    form = DaysForm(request.POST or None, unit=unit, today=today)
    page: dict[str, Any] = {"form": form, "back": reverse("approvals:calendar", args=[pk])}
    if request.method == "POST" and form.is_valid():
        days, reason = form.days(), form.cleaned_data["reason"]
        enter = partial(kept.enter, unit, days, reason, request.user, request.now)
        comment = _("Working days of %(unit)s: %(reason)s") % {"unit": unit, "reason": reason}
        page["days"] = sorted(days)
        if done := show_or_save(request, enter, Scope(unit), comment, page):
            return done
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "approvals/calendar.html", page | _shown(request, unit), status=status)


@require_POST
@login_required
def strike(request: Request, pk: int) -> HttpResponse:
    """Take an entry back: the same two steps."""
    unit = get_object_or_404(editable(request), pk=pk)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        raise Http404
    days = form.cleaned_data["first"], form.cleaned_data["last"]
    own = overview.runs(unit.calendar_days.filter(day__range=days).select_related("unit"))
    run = next((one for one in own if (one.first, one.last) == days), None)
    if run is None:
        return redirect("approvals:calendar", pk)
    comment = _("Working days of %(unit)s, struck out: %(reason)s") % {
        "unit": unit, "reason": run.reason,
    }  # fmt: skip
    page = {
        "unit": unit,
        "run": run,
        "form": form,
        "back": reverse("approvals:calendar", args=[pk]),
    }
    strike_out = partial(kept.strike, unit, run.days)
    if done := show_or_save(request, strike_out, Scope(unit), comment, page):
        return done
    return render(request, "approvals/strike_days.html", page)


def _shown(request: Request, unit: Unit) -> dict[str, Any]:
    """The year that was asked for, else this one, with the units around."""
    today = local_day(request.now)
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    number = min(max(number, FIRST_YEAR), LAST_YEAR)
    entries = CalendarDay.objects.filter(unit__in=unit.line, day__year=number)
    entries = entries.select_related("unit").order_by("unit__path")
    units = editable(request)
    return {
        "unit": unit,
        "today": today,
        "year": number,
        "months": overview.year(number, kept.of(unit), entries, get_language() or ""),
        "runs": overview.runs(entries),
        "above": units.filter(pk=unit.parent_id).first(),
        "beneath": units.filter(parent=unit),
        "following": DateChange.objects.unfinished().filter(unit=unit),
    }
