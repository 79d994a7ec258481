"""Scores by criterion, their mean, and the signer's grade that follows from it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.refusal import Refusal, Refused
from approvals.tally import conclusion
from workflow.deadlines import local_day
from workflow.models.grade import grade_of
from workflow.voting import FAILED


def score(case: Case, payload: dict[str, Any], earlier: list[dict[str, float]]) -> dict[str, Any]:
    """Points per criterion of the sheet that the scoring was opened with, each within its maximum.

    The initiative's score is the mean over all who have scored so far.
    """
    assert case.pending and case.decision
    scores = payload.get("scores", {})
    sheet = case.pending.sheet or []
    for criterion in sheet:
        points = scores.get(criterion["code"])
        if points is None or not 0 <= points <= criterion["maximum"]:
            raise Refused(
                Refusal(
                    _("Give “%(criterion)s” between 0 and %(maximum)s points.")
                    % {"criterion": criterion["name"], "maximum": criterion["maximum"]}
                )
            )
    scores = {criterion["code"]: scores[criterion["code"]] for criterion in sheet}
    case.initiative.score = mean([*earlier, scores])
    case.decision.scores = scores
    return {"scores": scores, "score": str(case.initiative.score)}


def mean(sheets: list[dict[str, float]]) -> Decimal | None:
    """Of the totals of score sheets, to two places; none without a sheet."""
    totals = [Decimal(sum(sheet.values())) for sheet in sheets if sheet]
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01")) if totals else None


def grade(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """The grade follows from the score by the bands of the day; recognition and replication are
    the signer's own words, but for what the council or the pass mark has refused.
    """
    initiative, today = case.initiative, local_day(case.now)
    recognised, replicated = bool(payload.get("recognised")), bool(payload.get("replicated"))
    if recognised and (reason := refused(case)):
        raise Refused(Refusal(reason))
    points = initiative.score
    initiative.grade = "" if points is None else grade_of(points, today, case.plan_stamp)
    initiative.recognised, initiative.recognised_on = recognised, today if recognised else None
    initiative.replicated, initiative.replicated_on = replicated, today if replicated else None
    return {"grade": initiative.grade, "recognised": recognised, "replicated": replicated}


def refused(case: Case) -> str:
    """Why the signer cannot recognise this initiative; empty when nothing stands against it."""
    assert case.pending
    found = conclusion(case.pending, case.initiative.score)
    if found.tally and not found.tally.attended:
        words = _(
            "Only %(cast)s of %(members)s members of the council voted, and %(needed)s must: it "
            "cannot be recognised. Sign off without recognition."
        )
        numbers = {"cast": found.tally.cast, "members": found.tally.members}
        return words % (numbers | {"needed": found.tally.must_attend})
    if found.tally and found.tally.outcome == FAILED:
        words = _(
            "The council voted %(for)s for and %(against)s against, of %(counted)s that count; "
            "%(threshold)s%% for are needed: it cannot be recognised. Sign off without recognition."
        )
        return words % (found.tally.facts() | {"counted": found.tally.counted})
    if found.below:
        words = _(
            "The mean score %(score)s is below the pass mark of %(mark)s: it cannot be recognised. "
            "Sign off without recognition."
        )
        return words % {"score": case.initiative.score, "mark": found.pass_mark}
    return ""
