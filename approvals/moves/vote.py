"""The council's vote: each member in person, until it is decided or the secretary closes it."""

from typing import Any

from approvals.case import Case
from approvals.models import Verdict
from approvals.moves.decide import go_on, pending_step, record
from approvals.moves.scoring import score
from approvals.reasons import comment_of
from approvals.tally import ballots, voting_step
from people.rows import Update
from workflow.models import Asks
from workflow.voting import tally


def vote_for(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return _vote(case, Verdict.FOR, payload)


def vote_against(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return _vote(case, Verdict.AGAINST, payload)


def _vote(case: Case, verdict: Verdict, payload: dict[str, Any]) -> dict[str, Any]:
    submission, step = pending_step(case)
    facts = record(case, verdict, payload)
    earlier = ballots(submission)
    if step["asks"] == Asks.BOTH:
        facts |= score(case, payload, [decision.scores for decision in earlier])
    answered = case.seat and case.seat.item
    case.close_where(lambda item: item is answered)
    counted = tally(step, [*(decision.verdict for decision in earlier), verdict])
    facts["tally"] = counted.facts()
    if counted.ended:
        go_on(case, submission, step)
    return facts


def close_vote(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """Whoever has not voted is absent; noted on the pinned route, so that any count says so."""
    submission = case.pending
    assert submission
    step = voting_step(submission)
    assert step
    step["vote"]["closed"] = True
    case.changes.append(Update(submission, ("route",)))
    counted = tally(step, [decision.verdict for decision in ballots(submission)])
    go_on(case, submission, step)
    return {
        "gate": submission.gate,
        "step": step["number"],
        "comment": comment_of(payload),
        "hash": submission.content_hash,
        "tally": counted.facts(),
    }
