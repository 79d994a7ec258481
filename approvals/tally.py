"""How a submission's scoring has come out: the council's tally, and the pass mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from approvals.models import BALLOTS, Decision
from workflow.models import Submission
from workflow.voting import Tally, tally


@dataclass(frozen=True)
class Conclusion:
    tally: Tally | None
    pass_mark: int | None
    below: bool


def voting_step(submission: Submission) -> dict[str, Any] | None:
    """The step at which the council votes; a route has one at most."""
    return next((step for step in submission.route if "vote" in step), None)


def of_decisions(submission: Submission, decisions: Iterable[Decision]) -> Tally | None:
    """The tally from decisions at hand; None when the route asks for no vote."""
    step = voting_step(submission)
    if step is None:
        return None
    return tally(
        step,
        [one.verdict for one in decisions if one.verdict in BALLOTS and one.undone_at is None],
    )


def conclusion(submission: Submission, score: Decimal | None) -> Conclusion:
    """Asks the database for votes only where the route has a vote."""
    votes = voting_step(submission) and of_decisions(submission, ballots(submission))
    marks = [step["pass_mark"] for step in submission.route if "pass_mark" in step]
    mark = max(marks, default=None)
    return Conclusion(votes or None, mark, mark is not None and (score is None or score < mark))


def ballots(submission: Submission) -> list[Decision]:
    return list(Decision.objects.ballots().filter(submission=submission))
