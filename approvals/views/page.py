"""What the dossier's page shows, beside what the case already knows."""

import uuid
from typing import Any

from django.urls import reverse

from approvals.case import Case
from approvals.forms import DecisionForm
from approvals.forms.comment import CommentForm
from approvals.policy import Action, available
from approvals.since import since_seen
from approvals.viewers import viewers
from approvals.views.timeline import timeline
from approvals.views.turns import turns
from approvals.views.votes import votes
from approvals.views.written import sections, texts
from approvals.views.yearly_page import yearly_page
from people.models import User
from workflow.deadlines import local_day
from workflow.models import APPROVED, State, Submission

VERDICTS = (Action.APPROVE, Action.RETURN, Action.REJECT, Action.FOR, Action.AGAINST)
OF_A_STEP = (*VERDICTS, Action.REASSIGN)
ANSWERS = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION)
WRITING = {
    Action.EDIT: "approvals:edit",
    Action.EDIT_REPORT: "approvals:edit_report",
    Action.WRITE_YEARLY: "approvals:write_yearly",
}
PLACED = (
    *VERDICTS,
    *WRITING,
    *ANSWERS,
    Action.COMMENT,
    Action.ATTACH,
    Action.DETACH,
    Action.RESCHEDULE,
    Action.CHASE,
    Action.GATHER,
)
"""Actions with a place of their own on the page; the rest are buttons in a row."""
OF_REPORTS = [State.DRAFT.value, APPROVED]
PATH = [state for state in State.values if state != State.WITHDRAWN]


def decision_form(case: Case, action: Action, data: Any = None) -> DecisionForm:
    """The form of a step or an action, with a key that makes a second post harmless."""
    initial = {
        "key": uuid.uuid4(),
        "work_item": _seen(case, action),
    }
    return DecisionForm(data, case=case, action=action, initial=initial)


def comment_form(case: Case, request: Any = None) -> CommentForm:
    """Offers to mention whoever else may see the dossier. `request`: one that sends the form."""
    people = viewers(case.initiative, local_day(case.now))
    others = people.exclude(pk=case.person.pk) if case.person else people
    sent = (request.POST, request.FILES) if request else (None, None)
    too_much = getattr(request, "too_much", False)
    address = reverse("approvals:mentions", args=[case.initiative.pk])
    initial = {"key": uuid.uuid4()}
    return CommentForm(*sent, people=others, address=address, too_much=too_much, initial=initial)


def _seen(case: Case, action: Action) -> int | None:
    """The open step that the form speaks of: once it is closed, the form is told so."""
    if action == Action.RECALL and case.deciding:
        return case.deciding[0].pk
    if action in ANSWERS and case.extension:
        return case.extension.pk
    return case.seat.item.pk if case.seat and action in OF_A_STEP else None


def dossier_page(case: Case, form: DecisionForm | None = None) -> dict[str, Any]:
    actions, initiative = available(case), case.initiative
    kept = _kept(case)
    verdicts = [action for action in actions if action in VERDICTS]
    return {
        "initiative": initiative,
        "steps": steps(initiative.state, OF_REPORTS if initiative.is_school_report else PATH),
        "turns": turns(case, bool(verdicts)),
        "answers": [action for action in actions if action in ANSWERS],
        "verdicts": verdicts,
        "behalf": behalf(case) if verdicts else None,
        "form": form or (decision_form(case, Action.APPROVE) if verdicts else None),
        "writing": [(action, WRITING[action]) for action in actions if action in WRITING],
        "may_attach": Action.ATTACH in actions,
        "chase": decision_form(case, Action.CHASE) if Action.CHASE in actions else None,
        "others": [action for action in actions if action not in PLACED],
        "vote": kept["votes"].get(initiative.pending_id),
        **kept,
    }


def _kept(case: Case) -> dict[str, Any]:
    """What the database keeps about the initiative: a fixed number of statements."""
    initiative = case.initiative
    submissions = list(
        initiative.submissions.order_by("-pk")
        .select_related("submitted_by")
        .prefetch_related("decisions__actor", "decisions__on_behalf_of")
    )
    since = since_seen(case, submissions)
    authors = list(initiative.authorships.select_related("user"))
    changed = {change.name for change in since.changes} if since else set()
    return {
        "since": since,
        **_written(case, changed),
        "changed": changed,
        "measures": list(initiative.measures.all()),
        "authors": authors,
        "votes": votes(submissions, authors),
        "evidence": initiative.evidence.of_dossier().select_related("uploaded_by"),
        "comments": initiative.comments.select_related("author").prefetch_related(
            "mentions", "evidence__uploaded_by"
        ),
        "comment_form": comment_form(case),
        "submissions": submissions,
        "labels": case.labels if _noted(submissions) else {},
        "timeline": timeline(
            initiative.audit.select_related("actor", "on_behalf_of").order_by("-seq")
        ),
    }


def _noted(submissions: list[Submission]) -> bool:
    return any(decision.notes for one in submissions for decision in one.decisions.all())


def _written(case: Case, changed: set[str]) -> dict[str, Any]:
    if case.initiative.is_school_report:
        return {"yearly": yearly_page(case, changed)}
    return {
        "texts": texts(case.initiative, changed),
        "sections": sections(case.initiative, changed),
    }


def steps(state: str, path: list[str]) -> list[tuple[str, str]]:
    """The path of states; of a withdrawn initiative nothing is said to be done."""
    reached = path.index(state) if state in path else -1
    places = ["done"] * reached + ["now"] * (reached >= 0)
    return [
        (name, places[index] if index < len(places) else "later") for index, name in enumerate(path)
    ]


def behalf(case: Case) -> User | None:
    """For whom the reader would decide, when it is not in their own name."""
    key = case.seat and case.seat.holding.on_behalf_of_id
    return User.objects.get(pk=key) if key else None
