"""Votes of the council."""

from django.utils.translation import gettext as _

from approvals.reading import Reading
from approvals.refusal import Refusal
from approvals.seats import is_asked_in_person
from approvals.tally import ballots, of_decisions
from workflow.voting import VOTES


def is_a_vote(case: Reading) -> Refusal | None:
    """In person: neither a delegate nor the next role up has a member's vote."""
    if case.seat and case.asks not in VOTES:
        return Refusal(_("This step is no vote: approve, return or reject."))
    if case.seat and not is_asked_in_person(case.seat):
        return Refusal(_("A vote is cast in person: nobody votes in a member's place."))
    return None


def no_vote(case: Reading) -> Refusal | None:
    """One member alone neither sends the dossier back nor passes the vote on."""
    if case.asks in VOTES:
        return Refusal(_("The council votes on this step: vote for or against, and say why."))
    return None


def vote_runs(case: Reading) -> Refusal | None:
    if case.vote_items:
        return None
    return Refusal(_("No vote is open here."), conflict=True)


def vote_attended(case: Reading) -> Refusal | None:
    """Comes last among the rules, because it reads the votes. When nobody who could still vote is
    left, there is no use in waiting, and a vote without enough members has failed.
    """
    counted = of_decisions(case.pending, ballots(case.pending)) if case.pending else None
    if counted is None or counted.attended or not _may_still_vote(case):
        return None
    words = _(
        "%(cast)s of %(members)s members have voted; %(needed)s must before it can be closed."
    )
    numbers = {"cast": counted.cast, "members": counted.members, "needed": counted.must_attend}
    return Refusal(words % numbers, conflict=True)


def _may_still_vote(case: Reading) -> bool:
    """Does anybody who has not voted still hold the seat by which they were asked?"""
    return any(
        item.person_id in case.own_holders.get((item.unit_id, item.role), ())
        if item.role
        else item.person is not None and item.person.is_active
        for item in case.vote_items
    )
