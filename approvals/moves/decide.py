"""Deciding a step: record who saw what, then ask the next holder or pass the gate."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.models import Decision, Verdict
from approvals.moves import items
from approvals.moves.gates import close_submission, owe_again
from approvals.policy import Refusal, Refused
from people.prepared import Prepared
from workflow.deadlines import local_day
from workflow.models import Asks, Criterion, Duty, Gate, Submission
from workflow.models.plan import grade_of


def approve(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    submission, step = _pending_step(case)
    facts = _record(case, Verdict.APPROVE, payload)
    earlier = approvals(submission, step) if step["needed"] > 1 else []
    if step["asks"] == Asks.SCORES:
        facts |= _score(case, payload, [decision.scores for decision in earlier])
    elif step["asks"] == Asks.GRADE:
        facts |= _grade(case, payload)
    answered = case.seat and case.seat.item
    case.close_where(lambda item: item is answered)
    if len(earlier) + 1 < step["needed"]:
        return facts
    case.close_where(lambda item: item.step == step["number"])  # the rest of a quorum
    if case.deciding or items.open_steps(case, step["position"]):
        return facts
    close_submission(case, Submission.Status.PASSED)
    PASS[submission.gate](case)
    return facts


def approvals(submission: Submission, step: dict[str, Any]) -> list[Decision]:
    """Those of a quorum that have agreed before."""
    given = Decision.objects.approvals().filter(submission=submission)
    return list(given.filter(work_item__step=step["number"]))


def send_back(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    facts = _record(case, Verdict.RETURN, payload)
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
    facts = _record(case, Verdict.REJECT, payload)
    case.close_items(Duty.DECIDE)
    submission = close_submission(case, Submission.Status.REJECTED)
    if submission.gate == Gate.REPORT:
        items.owe_report(case)
    elif submission.gate == Gate.EVALUATE:
        case.initiative.score = None
        items.owe_evaluation(case)
    case.event = "rejected"
    return facts


def _pending_step(case: Case) -> tuple[Submission, dict[str, Any]]:
    assert case.pending and case.seat
    return case.pending, case.pending.step(case.seat.item.step)


def _record(case: Case, verdict: Verdict, payload: dict[str, Any]) -> dict[str, Any]:
    submission, step = _pending_step(case)
    comment = payload.get("comment", "").strip()
    if verdict != Verdict.APPROVE and not comment:
        raise Refused(Refusal(_("Write a comment that says why: the author reads it.")))
    assert case.seat and case.person
    holding = case.seat.holding
    case.on_behalf_of_id = holding.on_behalf_of_id
    case.decision = Decision(
        submission_id=submission.pk,
        work_item_id=case.seat.item.pk,
        actor_id=case.person.pk,
        on_behalf_of_id=holding.on_behalf_of_id,
        role=holding.role,
        verdict=verdict,
        comment=comment,
        seen_hash=submission.content_hash,
        at=case.now,
    )
    return {
        "gate": submission.gate,
        "step": step["number"],
        "role": holding.role,
        "verdict": verdict,
        "comment": comment,
        "hash": submission.content_hash,
    }


def _score(case: Case, payload: dict[str, Any], earlier: list[dict[str, float]]) -> dict[str, Any]:
    """Points per criterion of the movement, each within its maximum.

    The initiative's score is the mean over all who have scored so far.
    """
    scores = payload.get("scores", {})
    for criterion in _criteria(movement=case.initiative.movement_id):
        points = scores.get(criterion.code)
        if points is None or not 0 <= points <= criterion.maximum:
            raise Refused(
                Refusal(
                    _("Give “%(criterion)s” between 0 and %(maximum)s points.")
                    % {"criterion": criterion.name, "maximum": criterion.maximum}
                )
            )
    case.initiative.score = mean([*earlier, scores])
    assert case.decision
    case.decision.scores = scores
    return {"scores": scores, "score": str(case.initiative.score)}


@Prepared
def _criteria(movement: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(movement=movement).order_by("position")


def mean(sheets: list[dict[str, float]]) -> Decimal | None:
    """Of the totals of score sheets, to two places; none without a sheet."""
    totals = [Decimal(sum(sheet.values())) for sheet in sheets]
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01")) if totals else None


def _grade(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """The grade follows from the score; recognition and replication are the signer's own words."""
    score = case.initiative.score or Decimal(0)
    case.initiative.grade = grade_of(score, local_day(case.now))
    case.initiative.recognised = bool(payload.get("recognised"))
    case.initiative.replicated = bool(payload.get("replicated"))
    return {
        "grade": case.initiative.grade,
        "recognised": case.initiative.recognised,
        "replicated": case.initiative.replicated,
    }


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
