"""Taking one's own decision back: what it closed is open again, what it opened is called off."""

from typing import Any

from approvals.case import Case
from approvals.models import REFUSALS, Decision
from approvals.moves import items
from approvals.moves.scoring import mean
from workflow.models import Submission, WorkItem
from workflow.voting import SCORED


def take_back(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """The decision stays in the history as undone; whoever was asked decides again."""
    decisions = Decision.objects.filter(submission__initiative=case.initiative)
    decision = decisions.select_related("submission", "work_item").latest("pk")
    decision.undone_at = case.now
    decision.save(update_fields=["undone_at"])
    submission = decision.submission
    _put_forward_again(case, submission)
    last = case.initiative.audit_seq
    case.close_where(lambda item: item.opened_seq == last)
    closed_by_it = WorkItem.objects.filter(initiative=case.initiative, closed_seq=last)
    for item in closed_by_it.select_related("submission", "person"):
        items.open_again(case, item, item.person)
    step = submission.step(decision.work_item.step)
    if step["asks"] in SCORED:
        given = Decision.objects.standing().filter(submission=submission)
        given = given.filter(work_item__step=step["number"]).exclude(verdict__in=REFUSALS)
        case.initiative.score = mean([one.scores for one in given])
    refused = decision.verdict in REFUSALS
    case.event = "undone" if refused else "step_undone"
    return {"gate": submission.gate, "verdict": decision.verdict, "hash": submission.content_hash}


def _put_forward_again(case: Case, submission: Submission) -> None:
    submission.status, submission.closed_at = Submission.Status.PENDING, None
    submission.save(update_fields=["status", "closed_at"])
    case.initiative.pending = submission
