"""Writing a draft or a report. What was typed is kept: saved in the background, or shown again."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.actions import perform
from approvals.changes import REPORT
from approvals.create import create
from approvals.forms import CoAuthorFormSet, DraftForm, MeasureFormSet, ReportForm, StartForm
from approvals.gather import open_case
from approvals.policy import Action, require
from approvals.refusal import Refused
from approvals.views.asked import beside
from approvals.views.found import initiative_view, refusal_page
from people.colleagues import colleagues
from people.http import Request, form_key
from people.models import User
from workflow.completeness import lacking
from workflow.deadlines import local_day
from workflow.models import Gate, Initiative

ROWS = {"co_authors", "measures"}
PAGES = {
    Gate.REGISTER: ("approvals/draft.html", ""),
    Gate.REPORT: ("approvals/report.html", REPORT),
}


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """Start a draft; the key in the form makes a double click one draft."""
    form = StartForm(request.POST or None, user=request.user, now=request.now)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        round_, unit = values.pop("round"), values.pop("unit")
        values["key"] = form_key(request)
        try:
            outcome = create(round_.pk, unit.pk, request.user, request.now, values)
        except Refused as refused:
            return refusal_page(request, refused)
        return redirect("approvals:edit", pk=outcome.initiative.pk)
    key = request.POST.get("key") or uuid.uuid4()
    return render(request, "approvals/new.html", {"form": form, "key": key}, status=_status(form))


@require_http_methods(["GET", "POST"])
@initiative_view
def edit(request: Request, initiative: Initiative) -> HttpResponse:
    require(Action.EDIT, open_case(initiative.pk, request.user, request.now, lock=False))
    initiative = _load(initiative.pk)
    form = DraftForm(request.POST or None, instance=initiative, prefix="draft")
    authors: Any = CoAuthorFormSet(
        request.POST or None,
        prefix="authors",
        initial=None if request.POST else _co_authors(initiative),
        form_kwargs={"colleagues": _others(initiative, request)},
    )
    if request.method == "POST" and form.is_valid() and (authors.is_valid() or request.htmx):
        rows = {"co_authors": authors.rows()} if authors.is_valid() else {}
        return _save(request, initiative, Action.EDIT, form.cleaned_data | rows)
    return _page(request, initiative, Gate.REGISTER, form, authors)


@require_http_methods(["GET", "POST"])
@initiative_view
def edit_report(request: Request, initiative: Initiative) -> HttpResponse:
    require(Action.EDIT_REPORT, open_case(initiative.pk, request.user, request.now, lock=False))
    form = ReportForm(request.POST or None, initiative=initiative, prefix="report")
    measures: Any = MeasureFormSet(
        request.POST or None,
        initial=None if request.POST else list(initiative.measures.values()),
        prefix="measures",
    )
    if request.method == "POST" and form.is_valid() and (measures.is_valid() or request.htmx):
        rows = {"measures": measures.rows()} if measures.is_valid() else {}
        return _save(
            request, initiative, Action.EDIT_REPORT, {"sections": form.cleaned_data} | rows
        )
    return _page(request, initiative, Gate.REPORT, form, measures)


def _load(pk: int) -> Initiative:
    return Initiative.objects.select_related("unit", "round", "movement").get(pk=pk)


def _others(initiative: Initiative, request: Request) -> QuerySet[User]:
    """Who may be named as a co-author: the people of the school but for the person in charge."""
    everybody = colleagues(initiative.unit, local_day(request.now))
    return everybody.exclude(pk=initiative.lead_id)


def _co_authors(initiative: Initiative) -> list[dict[str, Any]]:
    rows = initiative.authorships.exclude(user=initiative.lead_id)
    return [{"user": row.user_id, "share": row.share} for row in rows]


def _save(
    request: Request, initiative: Initiative, action: Action, payload: dict[str, Any]
) -> HttpResponse:
    """Keep the draft; the background save answers with a line, a button leads on.

    In the background a row that is half typed does not keep the rest from being saved.
    """
    perform(action, initiative.pk, request.user, request.now, payload)
    if request.htmx:
        return render(request, "approvals/saved.html", {"partly": ROWS.isdisjoint(payload)})
    if "submit" in request.POST:
        gate_action = Action.SUBMIT if action == Action.EDIT else Action.SUBMIT_REPORT
        return redirect("approvals:act", pk=initiative.pk, action=gate_action)
    if "more" in request.POST:
        return redirect(f"{request.path}#rows")
    messages.success(request, _("The draft is saved."))
    return redirect("approvals:dossier", pk=initiative.pk)


def _page(
    request: Request, initiative: Initiative, gate: Gate, form: Any, rows: Any
) -> HttpResponse:
    if request.htmx:
        return render(request, "approvals/saved.html", {"failed": True}, status=422)
    context = {
        "initiative": initiative,
        "form": form,
        "rows": rows,
        "authors": initiative.authorships.select_related("user"),
        "missing": lacking(_load(initiative.pk), gate),
    }
    template, prefix = PAGES[gate]
    context |= beside(form, initiative, prefix)
    return render(request, template, context, status=_status(form, rows))


def _status(*forms: Any) -> int:
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200
