"""One initiative: its page, and the one address that changes it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from approvals.actions import perform
from approvals.case import Case, open_case
from approvals.forms import DecisionForm
from approvals.policy import Action, available, require
from approvals.views.found import initiative_view
from people.http import Request
from people.models import User
from workflow.models import Asks, Duty, Initiative, State, WorkItem

VERDICTS = (Action.APPROVE, Action.RETURN, Action.REJECT)
WRITING = {Action.EDIT: "approvals:edit", Action.EDIT_REPORT: "approvals:edit_report"}
PATH = [state for state in State.values if state != State.WITHDRAWN]
DONE = {
    Action.SUBMIT: _("The registration has been submitted. The next person has been told."),
    Action.SUBMIT_REPORT: _("The report has been submitted. The next person has been told."),
    Action.RECALL: _("You have the dossier back."),
    Action.APPROVE: _("Your agreement is recorded."),
    Action.RETURN: _("The dossier goes back to its author with your comment."),
    Action.REJECT: _("The submission is closed, and the author has been told."),
    Action.START: _("The implementation has started."),
    Action.OPEN_EVALUATION: _("The scoring is open."),
    Action.WITHDRAW: _("The initiative has been withdrawn."),
    Action.REOPEN: _("The evaluation is open again."),
}


@initiative_view
def dossier(request: Request, initiative: Initiative) -> HttpResponse:
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    return render(request, "approvals/dossier.html", _context(case))


@require_http_methods(["GET", "POST"])
@initiative_view
def act(request: Request, initiative: Initiative, action: str) -> HttpResponse:
    """GET asks for confirmation and changes nothing; POST goes through the door."""
    if action not in DONE:
        raise Http404
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    if request.method == "GET":
        require(Action(action), case)
        form = decision_form(case, Action(action))
        context = {"initiative": case.initiative, "action": Action(action), "form": form}
        return render(request, "approvals/confirm.html", context)
    form = decision_form(case, Action(action), request.POST)
    if not form.is_valid():
        return render(request, "approvals/dossier.html", _context(case, form), status=422)
    outcome = perform(Action(action), initiative.pk, request.user, request.now, form.payload())
    if outcome.changed:
        messages.success(request, DONE[Action(action)])
    return redirect("approvals:dossier", pk=initiative.pk)


def decision_form(case: Case, action: Action, data: Any = None) -> DecisionForm:
    """The form of a step or an action, with a key that makes a second post harmless."""
    item = case.seat.item if case.seat else None
    asks = ""
    if action == Action.APPROVE and case.pending and item:
        asks = case.pending.step(item.position or 0)["asks"]
    initial = {
        "key": uuid.uuid4(),
        "work_item": item.pk if item and action in VERDICTS else None,
        "recognised": True,
    }
    return DecisionForm(data, initiative=case.initiative, asks=asks, initial=initial)


def _context(case: Case, form: DecisionForm | None = None) -> dict[str, Any]:
    actions = available(case)
    initiative = case.initiative
    deciding = Action.APPROVE in actions
    return {
        "initiative": initiative,
        "case": case,
        "verdicts": [action for action in actions if action in VERDICTS],
        "writing": [(action, WRITING[action]) for action in actions if action in WRITING],
        "others": [action for action in actions if action not in (*VERDICTS, *WRITING)],
        "form": form or (decision_form(case, Action.APPROVE) if deciding else None),
        "path": PATH,
        "waiting_for": [(item, owing(case, item)) for item in case.items],
        "submissions": initiative.submissions.order_by("-pk").prefetch_related(
            "decisions__actor", "decisions__on_behalf_of"
        ),
        "sections": initiative.movement.report_sections.filter(scope="initiative"),
        "timeline": initiative.audit.select_related("actor", "on_behalf_of").order_by("-seq"),
        "asks_scores": bool(form or deciding) and _asks(case) == Asks.SCORES,
        "asks_grade": bool(form or deciding) and _asks(case) == Asks.GRADE,
    }


def _asks(case: Case) -> str:
    if not (case.pending and case.seat):
        return ""
    return str(case.pending.step(case.seat.item.position or 0)["asks"])


def owing(case: Case, item: WorkItem) -> list[User]:
    """The people who can do what is owed: the person, or whoever holds the post."""
    if item.duty in (Duty.REGISTER, Duty.REPORT):
        return [case.initiative.lead]
    holders = dict(case.holders.get((item.unit_id, item.role), {}))
    holders |= case.holders.get((item.raised_unit_id or 0, item.raised_role), {})
    return [user for key, user in holders.items() if key not in case.author_ids]
