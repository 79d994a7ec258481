"""One initiative: its page, and the one address that changes it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions import perform
from approvals.case import Case
from approvals.forms import DecisionForm
from approvals.forms.decision import AGREES
from approvals.gather import open_case
from approvals.policy import Action, require
from approvals.reasons import NEEDED
from approvals.views.found import initiative_view
from approvals.views.page import ANSWERS, VERDICTS, decision_form, dossier_page
from approvals.views.yearly_page import renewal_of
from notifications.inbox import mark_read
from people.http import Request
from workflow.completeness import lacking
from workflow.models import Gate, Initiative

GATES = {
    Action.SUBMIT: Gate.REGISTER,
    Action.SUBMIT_REPORT: Gate.REPORT,
    Action.SUBMIT_YEARLY: Gate.YEARLY,
}
MAY_SAY = (Action.GRANT_EXTENSION, Action.CLOSE_VOTE)
FINAL = (Action.REJECT, Action.WITHDRAW, Action.CLOSE_VOTE)
DONE = {
    Action.SUBMIT: _("The registration has been submitted. The next person has been told."),
    Action.SUBMIT_REPORT: _("The report has been submitted. The next person has been told."),
    Action.RECALL: _("You have the dossier back."),
    Action.APPROVE: _("Your agreement is recorded."),
    Action.RETURN: _("The dossier goes back to its author with your comment."),
    Action.REJECT: _("The submission is closed, and the author has been told."),
    Action.FOR: _("Your vote is recorded."),
    Action.AGAINST: _("Your vote is recorded."),
    Action.CLOSE_VOTE: _("The vote is closed. Whoever has not voted counts as absent."),
    Action.REASSIGN: _("The step now waits for your peer, who has been told."),
    Action.UNDO: _("Your decision is taken back: the step is open again."),
    Action.START: _("The implementation has started."),
    Action.OPEN_EVALUATION: _("The scoring is open."),
    Action.WITHDRAW: _("The initiative has been withdrawn."),
    Action.REOPEN: _("The evaluation is open again."),
    Action.ASK_EXTENSION: _(
        "Your request has been passed on. Until the answer the due date stays."
    ),
    Action.GRANT_EXTENSION: _("More time is granted, and the author has been told."),
    Action.REFUSE_EXTENSION: _("The due date stays, and the author has been told."),
    Action.GATHER: _("The solutions have been gathered again."),
    Action.SUBMIT_YEARLY: _("The report has been submitted. The next person has been told."),
    Action.REOPEN_YEARLY: _("The report is open again, and its author has been told."),
    Action.CHASE: _("The reminder is on its way, and the audit trail records it."),
}


@require_safe
@initiative_view
def dossier(request: Request, initiative: Initiative) -> HttpResponse:
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    mark_read(request.user, request.now, about=initiative)
    return render(request, "approvals/dossier.html", dossier_page(case))


@require_http_methods(["GET", "POST"])
@initiative_view
def act(request: Request, initiative: Initiative, action: str) -> HttpResponse:
    """GET asks for confirmation and changes nothing; POST goes through the door."""
    if action not in DONE:
        raise Http404
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    chosen = Action(action)
    if request.method == "GET":
        require(chosen, case)
        return _ask(request, case, decision_form(case, chosen))
    form = decision_form(case, chosen, request.POST)
    if not form.is_valid():
        require(chosen, case)
        return _ask(request, case, form)
    outcome = perform(chosen, initiative.pk, request.user, request.now, form.payload())
    if outcome.changed:
        messages.success(request, DONE[chosen])
    return redirect("approvals:dossier", pk=initiative.pk)


def _ask(request: Request, case: Case, form: DecisionForm) -> HttpResponse:
    """Before an action, or again with what was typed. A verdict is corrected beside the dossier."""
    status = 422 if form.is_bound else 200
    form.lead_to_error()
    if form.is_bound and form.action in VERDICTS:
        return render(request, "approvals/dossier.html", dossier_page(case, form), status=status)
    context = {
        "initiative": case.initiative,
        "action": form.action,
        "form": form,
        "missing": lacking(case.initiative, GATES[form.action]) if form.action in GATES else [],
        "freezes": form.action in GATES,
        "final": form.action in FINAL,
        "verdict": form.action in VERDICTS,
        "asks_comment": form.action in (*NEEDED, *AGREES, *MAY_SAY),
        "renewal": renewal_of(case) if form.action == Action.GATHER else None,
        "request_for_time": case.request if form.action in ANSWERS else None,
    }
    return render(request, "approvals/confirm.html", context, status=status)
