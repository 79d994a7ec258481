"""A vote as pages show it: the tally, and who is not counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from approvals.tally import of_decisions, voting_step
from workflow.models import Authorship, Submission
from workflow.voting import Tally


@dataclass(frozen=True)
class Vote:
    tally: Tally
    excluded: list[str]
    """Authors who sit on the council."""


def votes(submissions: Iterable[Submission], authors: Iterable[Authorship]) -> dict[int, Vote]:
    """By submission, where the route asks for a vote; its decisions are at hand already."""
    names = {one.user_id: one.user.full_name for one in authors}
    found = {}
    for submission in submissions:
        step = voting_step(submission)
        if step and (tally := of_decisions(submission, submission.decisions.all())):
            excluded = [names.get(key, "?") for key in step["vote"]["excluded"]]
            found[submission.pk] = Vote(tally, excluded)
    return found
