"""Who the person is to the dossier: in charge, an author, in a role."""

from django.utils.translation import gettext as _

from approvals.reading import Reading
from approvals.refusal import Refusal
from approvals.rules.rule import Rule
from approvals.seats import Seat
from workflow.deadlines import local_day
from workflow.models import Initiative

LEADS = "withdraw_dossiers"
"""The permission that tells the heads and the principal from others who see a dossier."""


def sees(case: Reading) -> Refusal | None:
    if case.person:
        visible = Initiative.dossiers.visible_to(case.person, local_day(case.now))
        if visible.filter(pk=case.initiative.pk).exists():
            return None
    return Refusal(_("Your roles do not cover this for this unit."))


def lead(case: Reading) -> Refusal | None:
    return None if case.is_lead else Refusal(_("Only the person in charge can do this."))


def lead_or_system(case: Reading) -> Refusal | None:
    return None if case.actor is None else lead(case)


def author(case: Reading) -> Refusal | None:
    return None if case.is_author else Refusal(_("Only the authors can do this."))


def not_author(case: Reading) -> Refusal | None:
    if case.is_author:
        return Refusal(_("You are an author of this dossier: somebody else decides on it."))
    return not_for_an_author(case, case.seat)


def not_for_an_author(case: Reading, seat: Seat | None) -> Refusal | None:
    """A delegate may not decide what the delegator could not."""
    if seat is None or seat.holding.on_behalf_of_id not in case.author_ids:
        return None
    return Refusal(_("You stand in for an author of this dossier: somebody else decides on it."))


def holds(permission: str) -> Rule:
    def rule(case: Reading) -> Refusal | None:
        if case.holds(permission):
            return None
        return Refusal(_("Your roles do not cover this for this unit."))

    return rule


def lead_or_leader(case: Reading) -> Refusal | None:
    return None if case.is_lead else leader(case)


def leader(case: Reading) -> Refusal | None:
    """The head or the principal of the unit, or whoever stands in for one."""
    return holds(LEADS)(case)
