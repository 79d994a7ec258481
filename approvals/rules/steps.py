"""Whose the open step is, and what was decided before it."""

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.refusal import Refusal
from approvals.rules.people import holds


def may_decide(case: Case) -> Refusal | None:
    """A role that decides, or being named by the route."""
    return None if case.seats else holds("decide")(case)


def seated(case: Case) -> Refusal | None:
    """Has this person the step that is open now, by their own role, delegation or escalation?"""
    if case.seat or not case.pending:
        return None
    return Refusal(_("It is not your turn: another role decides this step."))


def one_step_each(case: Case) -> Refusal | None:
    """Nobody takes two steps unless the route says so, and nobody has two votes in one."""
    if not (case.pending and case.seat):
        return None
    step = case.pending.step(case.seat.item.step)
    decided = case.decided_steps | case.decided_for(case.seat.holding.on_behalf_of_id)
    if step["number"] in decided or (decided and not step["same_person"]):
        return Refusal(_("You have decided another step of this submission."))
    return None


def has_peers(case: Case) -> Refusal | None:
    if case.peers:
        return None
    return Refusal(_("Nobody else holds the role of this step."))


def just_decided(case: Case) -> Refusal | None:
    """Their own decision, a moment ago, was the last thing that happened, and passed no gate."""
    if case.just_decided:
        return None
    return Refusal(
        _("You can take back only your own last decision, shortly after, while nothing follows it.")
    )
