"""What a submission changed: against the one before, or against what the reader last decided on."""

from collections.abc import Iterable
from dataclasses import dataclass

from approvals.case import Case
from approvals.changes import Change, changes, earlier, preceding
from approvals.models import Decision
from people.models import User
from workflow.models import Submission


@dataclass(frozen=True)
class Since:
    """The changes against an earlier submission; `decision` is the reader's own on it, if any."""

    before: Submission
    decision: Decision | None
    changes: list[Change]


def since_seen(case: Case, submissions: Iterable[Submission]) -> Since | None:
    """For whoever decided on an earlier submission of this gate, what changed since then;
    for everybody else, since the submission before. None when there was none.
    """
    pending = case.pending
    if pending is None or (before := preceding(pending, submissions)) is None:
        return None
    decision = _last_decision(earlier(pending, submissions), case.person)
    before = decision.submission if decision else before
    return Since(before, decision, changes(before, pending, case.labels))


def _last_decision(submissions: list[Submission], reader: User | None) -> Decision | None:
    """The reader's own, in any of them; one that was taken back was seen too."""
    theirs = [
        decision
        for submission in submissions
        for decision in submission.decisions.all()
        if reader and reader.pk in (decision.actor_id, decision.on_behalf_of_id)
    ]
    return max(theirs, key=lambda decision: decision.pk, default=None)
