"""Whose the open step is, and what was decided before it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from approvals.models import Decision, Verdict
from approvals.reading import Reading
from approvals.refusal import Refusal
from approvals.rules.people import holds
from approvals.seats import kept_steps
from people.prepared import Prepared
from workflow.models import AuditEntry, Submission


def may_decide(case: Reading) -> Refusal | None:
    """A role that decides, or being named by the route."""
    return None if case.seats else holds("decide")(case)


def seated(case: Reading) -> Refusal | None:
    """Has this person the step that is open now, by their own role, delegation or escalation?"""
    if case.seat or not case.pending:
        return None
    return Refusal(_("It is not your turn: another role decides this step."))


def one_step_each(case: Reading) -> Refusal | None:
    """Nobody takes two steps unless the route says so, and nobody has two votes in one."""
    if not (case.pending and case.seat):
        return None
    step = case.pending.step(case.seat.item.step)
    decided = case.decided_steps | _decided_for(case.seat.holding.on_behalf_of_id, case.pending)
    if step["number"] in decided or (decided and not step["same_person"]):
        return Refusal(_("You have decided another step of this submission."))
    return None


def _decided_for(delegator_id: int | None, submission: Submission) -> set[int]:
    """The steps that a delegator has decided: their delegate cannot add a second voice."""
    if delegator_id is None:
        return set()
    theirs = Decision.objects.voiced_by(delegator_id).filter(submission=submission)
    steps = theirs.values_list("work_item__step", flat=True)
    return {step for step in steps if step} | kept_steps(submission, delegator_id)


def has_peers(case: Reading) -> Refusal | None:
    if case.peers:
        return None
    return Refusal(_("Nobody else holds the role of this step."))


def just_decided(case: Reading) -> Refusal | None:
    """Their own decision, a moment ago, was the last thing that happened, and passed no gate."""
    last = _last_decisions(
        hash=case.initiative.audit_head,
        actor=case.person.pk if case.person else 0,
        since=case.now - settings.UNDO_WINDOW,
    )
    if last:
        return None
    return Refusal(
        _("You can take back only your own last decision, shortly after, while nothing follows it.")
    )


@Prepared
def _last_decisions(hash: str, actor: int, since: datetime) -> QuerySet[Any]:
    """The entry at the head of the chain, if it is a recent decision of theirs, and moved no
    state.
    """
    last = AuditEntry.objects.filter(hash=hash, actor=actor, action__in=Verdict.values)
    return last.filter(state_from=F("state_to"), at__gt=since).values_list("seq")
