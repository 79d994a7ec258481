"""Writing the general sections of the school's report; nothing typed is lost, nor overwrites."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.actions import perform
from approvals.changes import REPORT
from approvals.forms.yearly import YearlyForm
from approvals.gather import open_case
from approvals.moves.yearly import fingerprint
from approvals.policy import Action, require
from approvals.refusal import Refusal, Refused
from approvals.views.asked import beside
from approvals.views.found import initiative_view
from approvals.views.yearly_page import yearly_page
from people.http import Request
from workflow.completeness import lacking
from workflow.models import Gate, Initiative


@require_http_methods(["GET", "POST"])
@initiative_view
def write(request: Request, initiative: Initiative) -> HttpResponse:
    if request.method == "GET":
        case = open_case(initiative.pk, request.user, request.now, lock=False)
        require(Action.WRITE_YEARLY, case)
        seen = {"seen": fingerprint(initiative)}
        return _page(request, initiative, YearlyForm(initiative=initiative, initial=seen))
    form = YearlyForm(request.POST, initiative=initiative)
    if not form.is_valid():
        return _page(request, initiative, form, status=422)
    try:
        action, payload = Action.WRITE_YEARLY, form.payload()
        outcome = perform(action, initiative.pk, request.user, request.now, payload)
    except Refused as refused:
        if not refused.refusal.conflict:
            raise
        return _page(request, initiative, form, refused.refusal, status=409)
    return _saved(request, outcome.initiative)


def _saved(request: Request, initiative: Initiative) -> HttpResponse:
    """In the background the answer brings the new fingerprint; a button leads on."""
    if request.htmx:
        context = {"partly": False, "seen": fingerprint(initiative)}
        return render(request, "approvals/saved.html", context)
    if "submit" in request.POST:
        return redirect("approvals:act", pk=initiative.pk, action=Action.SUBMIT_YEARLY)
    messages.success(request, _("The draft is saved."))
    return redirect("approvals:dossier", pk=initiative.pk)


def _page(
    request: Request,
    initiative: Initiative,
    form: YearlyForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Again with what was typed; after a conflict beside what is saved now, and able to replace it
    knowingly.
    """
    if request.htmx and form.is_bound:
        return render(request, "approvals/saved.html", {"failed": True}, status=status)
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    context: dict[str, Any] = {
        "initiative": case.initiative,
        "form": form,
        "yearly": yearly_page(case, set()),
        "missing": lacking(case.initiative, Gate.YEARLY),
        "refusal": refusal,
        "seen": form["seen"].value(),
        **beside(form, case.initiative, REPORT),
    }
    if refusal:
        context["saved"] = _overtaken(case.initiative, form)
        context["seen"] = fingerprint(case.initiative)
    return render(request, "approvals/yearly.html", context, status=status)


def _overtaken(initiative: Initiative, form: YearlyForm) -> list[tuple[str, str]]:
    """The sections whose saved words are not those in the form."""
    return [
        (str(form[code].label), text)
        for code, text in initiative.report.items()
        if code in form.fields and form.cleaned_data[code] != text
    ]
