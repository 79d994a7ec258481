"""Taking one's own decision back: the step is open again, and what it had opened is called off."""

from typing import Any

from approvals.case import Case
from approvals.models import Decision, Verdict
from approvals.moves import items
from workflow.models import Asks, Submission


def take_back(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """The decision stays in the history as undone; whoever holds the post decides again."""
    decisions = Decision.objects.filter(submission__initiative=case.initiative)
    decision = decisions.select_related("submission", "work_item").latest("pk")
    decision.undone_at = case.now
    decision.save(update_fields=["undone_at"])
    submission = decision.submission
    _put_forward_again(case, submission)
    case.close_items()
    items.reopen_step(case, decision.work_item)
    if submission.step(decision.work_item.position or 0)["asks"] == Asks.SCORES:
        case.initiative.score = None
    agreed = decision.verdict == Verdict.APPROVE
    case.event = "step_undone" if agreed else "undone"
    return {"gate": submission.gate, "verdict": decision.verdict, "hash": submission.content_hash}


def _put_forward_again(case: Case, submission: Submission) -> None:
    submission.status, submission.closed_at = Submission.Status.PENDING, None
    submission.save(update_fields=["status", "closed_at"])
    case.initiative.pending = submission
