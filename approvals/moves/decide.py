"""Deciding a step: record who saw what, then ask the next holder or pass the gate."""

from collections.abc import Callable
from typing import Any

from approvals.case import Case
from approvals.models import Decision, Verdict
from approvals.moves import items
from approvals.moves.gates import close_submission, owe_again
from approvals.moves.scoring import grade, score
from approvals.notes import taken
from approvals.reasons import reason
from people.instances import new
from workflow.models import Asks, Duty, Gate, Submission


def approve(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    submission, step = pending_step(case)
    facts = record(case, Verdict.APPROVE, payload)
    earlier = approvals(submission, step) if step["needed"] > 1 else []
    if step["asks"] == Asks.SCORES:
        facts |= score(case, payload, [decision.scores for decision in earlier])
    elif step["asks"] == Asks.GRADE:
        facts |= grade(case, payload)
    answered = case.seat and case.seat.item
    case.close_where(lambda item: item is answered)
    if len(earlier) + 1 >= step["needed"]:
        go_on(case, submission, step)
    return facts


def go_on(case: Case, submission: Submission, step: dict[str, Any]) -> None:
    """The step is done: ask what comes after it, or pass the gate at the end of the route."""
    case.close_where(lambda item: item.step == step["number"])  # the rest of a quorum
    if case.deciding or items.open_steps(case, step["position"]):
        return
    close_submission(case, Submission.Status.PASSED)
    PASS[submission.gate](case)


def approvals(submission: Submission, step: dict[str, Any]) -> list[Decision]:
    """Those of a quorum that have agreed before."""
    given = Decision.objects.approvals().filter(submission=submission)
    return list(given.filter(work_item__step=step["number"]))


def send_back(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    facts = record(case, Verdict.RETURN, payload)
    case.close_items(Duty.DECIDE)
    submission = close_submission(case, Submission.Status.RETURNED)
    if submission.gate == Gate.EVALUATE:
        case.initiative.return_for_revision()
        case.initiative.score = None
    owe_again(case, submission)
    case.event = "returned"
    return facts


def reject(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """Closes the submission. A rejected registration owes nothing; later gates remain owed."""
    facts = record(case, Verdict.REJECT, payload)
    case.close_items(Duty.DECIDE)
    submission = close_submission(case, Submission.Status.REJECTED)
    if submission.gate == Gate.REPORT:
        items.owe_report(case)
    elif submission.gate == Gate.EVALUATE:
        case.initiative.score = None
        items.owe_evaluation(case)
    case.event = "rejected"
    return facts


def pending_step(case: Case) -> tuple[Submission, dict[str, Any]]:
    assert case.pending and case.seat
    return case.pending, case.pending.step(case.seat.item.step)


def record(case: Case, verdict: Verdict, payload: dict[str, Any]) -> dict[str, Any]:
    submission, step = pending_step(case)
    comment = reason(verdict, case, payload)
    notes = taken(verdict, case, payload)
    assert case.seat and case.person
    holding = case.seat.holding
    case.on_behalf_of_id = holding.on_behalf_of_id
    case.decision = new(
        Decision,
        submission_id=submission.pk,
        work_item_id=case.seat.item.pk,
        actor_id=case.person.pk,
        on_behalf_of_id=holding.on_behalf_of_id,
        role=holding.role,
        verdict=verdict,
        comment=comment,
        notes=notes,
        seen_hash=submission.content_hash,
        at=case.now,
    )
    facts = {
        "gate": submission.gate,
        "step": step["number"],
        "role": holding.role,
        "verdict": verdict,
        "comment": comment,
        "hash": submission.content_hash,
    }
    return facts | ({"notes": notes} if notes else {})


def _registered(case: Case) -> None:
    case.initiative.register()
    items.owe_report(case)
    case.event = "registered"


def _reported(case: Case) -> None:
    case.initiative.submit_report()
    items.owe_evaluation(case)
    case.event = "report_accepted"


def _evaluated(case: Case) -> None:
    case.initiative.evaluate()
    case.event = "evaluated"


def _approved(case: Case) -> None:
    case.initiative.approve_report()
    case.event = "report_approved"


PASS: dict[str, Callable[[Case], None]] = {
    Gate.REGISTER: _registered,
    Gate.REPORT: _reported,
    Gate.EVALUATE: _evaluated,
    Gate.YEARLY: _approved,
}
