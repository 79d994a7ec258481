"""Who may do what: one table, read by the buttons and by the door.

Each action names the rules it must pass. A rule answers with None or with a reason that a person
understands. Rules about the person come first, so that an outsider learns nothing of the state.
There is no rule for administrators: they may correct data, never decide.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.case import Case, is_asked_in_person
from approvals.chasing import chased_today, owed_by_others
from workflow.calendar import ZONE
from workflow.deadlines import local_day
from workflow.models import APPROVED, OF_AUTHORS, Gate, Initiative, State
from workflow.voting import VOTES


class Action(TextChoices):
    EDIT = "edit", gettext_lazy("edit the draft")
    SUBMIT = "submit", gettext_lazy("submit the registration")
    RECALL = "recall", gettext_lazy("recall")
    APPROVE = "approve", gettext_lazy("approve")
    RETURN = "return", gettext_lazy("return for revision")
    REJECT = "reject", gettext_lazy("reject")
    FOR = "for", gettext_lazy("vote for")
    AGAINST = "against", gettext_lazy("vote against")
    CLOSE_VOTE = "close_vote", gettext_lazy("close the vote")
    REASSIGN = "reassign", gettext_lazy("pass on to a peer")
    UNDO = "undo", gettext_lazy("take the decision back")
    START = "start", gettext_lazy("start the implementation")
    EDIT_REPORT = "edit_report", gettext_lazy("write the report")
    SUBMIT_REPORT = "submit_report", gettext_lazy("submit the report")
    OPEN_EVALUATION = "open_evaluation", gettext_lazy("open the evaluation")
    WITHDRAW = "withdraw", gettext_lazy("withdraw")
    REOPEN = "reopen", gettext_lazy("reopen the evaluation")
    COMMENT = "comment", gettext_lazy("comment")
    ATTACH = "attach", gettext_lazy("attach evidence")
    DETACH = "detach", gettext_lazy("remove evidence")
    ASK_EXTENSION = "ask_extension", gettext_lazy("ask for more time")
    GRANT_EXTENSION = "grant_extension", gettext_lazy("grant more time")
    REFUSE_EXTENSION = "refuse_extension", gettext_lazy("refuse more time")
    RESCHEDULE = "reschedule", gettext_lazy("move due dates")
    CHASE = "chase", gettext_lazy("send a reminder")
    GATHER = "gather", gettext_lazy("gather again")
    WRITE_YEARLY = "write_yearly", gettext_lazy("write the general sections")
    SUBMIT_YEARLY = "submit_yearly", gettext_lazy("submit to the principal")
    REOPEN_YEARLY = "reopen_yearly", gettext_lazy("reopen the report")


LEADS = "withdraw_dossiers"
"""The permission that tells the heads and the principal from others who see a dossier."""


@dataclass(frozen=True)
class Refusal:
    """Why not. `conflict`: the person might have, but the dossier has moved on meanwhile."""

    reason: str
    conflict: bool = False


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


Rule = Callable[[Case], Refusal | None]


def in_state(*states: str) -> Rule:
    def rule(case: Case) -> Refusal | None:
        if case.initiative.state in states:
            return None
        now = case.initiative.get_state_display()
        return Refusal(_("The initiative is now “%(state)s”.") % {"state": now}, conflict=True)

    return rule


def nothing_pending(case: Case) -> Refusal | None:
    if case.pending is None:
        return None
    return Refusal(_("The dossier is locked while it waits for a decision."), conflict=True)


def pending_at(*gates: str) -> Rule:
    def rule(case: Case) -> Refusal | None:
        if case.pending and case.pending.gate in gates:
            return None
        return Refusal(_("Nothing is waiting for a decision any more."), conflict=True)

    return rule


def sees(case: Case) -> Refusal | None:
    if case.person:
        visible = Initiative.dossiers.visible_to(case.person, local_day(case.now))
        if visible.filter(pk=case.initiative.pk).exists():
            return None
    return Refusal(_("Your roles do not cover this for this unit."))


def lead(case: Case) -> Refusal | None:
    return None if case.is_lead else Refusal(_("Only the person in charge can do this."))


def lead_or_system(case: Case) -> Refusal | None:
    return None if case.actor is None else lead(case)


def author(case: Case) -> Refusal | None:
    return None if case.is_author else Refusal(_("Only the authors can do this."))


def not_author(case: Case) -> Refusal | None:
    if case.is_author:
        return Refusal(_("You are an author of this dossier: somebody else decides on it."))
    if case.speaks_for_an_author:
        return Refusal(
            _("You stand in for an author of this dossier: somebody else decides on it.")
        )
    return None


def holds(permission: str) -> Rule:
    def rule(case: Case) -> Refusal | None:
        if case.holds(permission):
            return None
        return Refusal(_("Your roles do not cover this for this unit."))

    return rule


def may_decide(case: Case) -> Refusal | None:
    """A role that decides, or being named by the route."""
    return None if case.seats else holds("decide")(case)


def lead_or_leader(case: Case) -> Refusal | None:
    return None if case.is_lead else holds(LEADS)(case)


def leader(case: Case) -> Refusal | None:
    """The head or the principal of the unit, or whoever stands in for one."""
    return holds(LEADS)(case)


def somebody_owes(case: Case) -> Refusal | None:
    if owed_by_others(case):
        return None
    return Refusal(_("Nobody else owes anything here now: there is nobody to remind."), True)


def not_chased_today(case: Case) -> Refusal | None:
    done = chased_today(case)
    if any(item.pk not in done for item in owed_by_others(case)):
        return None
    at, who = max((done[item.pk] for item in owed_by_others(case)), key=lambda one: one[0])
    words = _("%(who)s has sent a reminder today at %(time)s. The next one can go out tomorrow.")
    return Refusal(words % {"who": who, "time": f"{at.astimezone(ZONE):%H:%M}"}, conflict=True)


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


def is_a_vote(case: Case) -> Refusal | None:
    """In person: neither a delegate nor the next role up has a member's vote."""
    if case.seat and case.asks not in VOTES:
        return Refusal(_("This step is no vote: approve, return or reject."))
    if case.seat and not is_asked_in_person(case.seat):
        return Refusal(_("A vote is cast in person: nobody votes in a member's place."))
    return None


def no_vote(case: Case) -> Refusal | None:
    """One member alone neither sends the dossier back nor passes the vote on."""
    if case.asks in VOTES:
        return Refusal(_("The council votes on this step: vote for or against, and say why."))
    return None


def vote_runs(case: Case) -> Refusal | None:
    if case.vote_items:
        return None
    return Refusal(_("No vote is open here."), conflict=True)


def vote_attended(case: Case) -> Refusal | None:
    """Asked for last: it reads the votes. When nobody who could still vote is left, there is no
    use in waiting, and a vote without enough members has failed.
    """
    counted = case.tally
    if counted is None or counted.attended or not case.may_still_vote:
        return None
    words = _(
        "%(cast)s of %(members)s members have voted; %(needed)s must before it can be closed."
    )
    numbers = {"cast": counted.cast, "members": counted.members, "needed": counted.must_attend}
    return Refusal(words % numbers, conflict=True)


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


def owes(case: Case) -> Refusal | None:
    if any(item.duty in OF_AUTHORS for item in case.items):
        return None
    return Refusal(_("Nothing is due from you at the moment."), conflict=True)


def nothing_asked(case: Case) -> Refusal | None:
    if case.extension is None:
        return None
    return Refusal(_("A request for more time is waiting for its answer already."), conflict=True)


def answers_request(case: Case) -> Refusal | None:
    """Has this person the request, by their own role, delegation or escalation, for no author?"""
    if case.extension is None:
        return Refusal(_("No request for more time is waiting any more."), conflict=True)
    if case.extension_seat is None:
        return Refusal(_("It is not your turn: another role answers this request."))
    if case.extension_seat.holding.on_behalf_of_id in case.author_ids:
        return Refusal(
            _("You stand in for an author of this dossier: somebody else decides on it.")
        )
    return None


def out_of_step(case: Case) -> Refusal | None:
    if case.shifts():
        return None
    return Refusal(_("Every due date is as plan and calendar say."), conflict=True)


def open_for_writing(case: Case) -> Refusal | None:
    if case.initiative.state == State.DRAFT:
        return None
    return Refusal(_("The report is approved and frozen. The principal can reopen it."), True)


def approved(case: Case) -> Refusal | None:
    if case.initiative.state == APPROVED:
        return None
    return Refusal(_("Only a report that was approved can be reopened."), conflict=True)


_ANSWER: tuple[Rule, ...] = (not_author, holds("decide"), answers_request)
_DECIDE: tuple[Rule, ...] = (
    not_author,
    may_decide,
    seated,
    pending_at(*Gate.values),
    one_step_each,
)
_WRITE: tuple[Rule, ...] = (author, in_state(State.DRAFT, State.IN_PROGRESS), nothing_pending)
_LIVE = (State.DRAFT, State.REGISTERED, State.IN_PROGRESS)

POLICY: dict[Action, tuple[Rule, ...]] = {
    Action.EDIT: (author, in_state(State.DRAFT), nothing_pending),
    Action.SUBMIT: (lead, in_state(State.DRAFT), nothing_pending),
    Action.RECALL: (lead, pending_at(Gate.REGISTER, Gate.REPORT)),
    Action.APPROVE: (*_DECIDE, no_vote),
    Action.RETURN: (*_DECIDE, no_vote),
    Action.REJECT: (*_DECIDE, no_vote),
    Action.FOR: (*_DECIDE, is_a_vote),
    Action.AGAINST: (*_DECIDE, is_a_vote),
    Action.CLOSE_VOTE: (not_author, holds("open_evaluation"), vote_runs, vote_attended),
    Action.REASSIGN: (not_author, may_decide, seated, pending_at(*Gate.values), no_vote, has_peers),
    Action.UNDO: (just_decided,),
    Action.START: (lead_or_system, in_state(State.REGISTERED)),
    Action.EDIT_REPORT: (author, in_state(State.IN_PROGRESS), nothing_pending),
    Action.SUBMIT_REPORT: (lead, in_state(State.IN_PROGRESS), nothing_pending),
    Action.OPEN_EVALUATION: (
        not_author,
        holds("open_evaluation"),
        in_state(State.REPORTED),
        nothing_pending,
    ),
    Action.WITHDRAW: (lead_or_leader, in_state(*_LIVE)),
    Action.REOPEN: (not_author, holds("reopen_dossiers"), in_state(State.EVALUATED)),
    Action.COMMENT: (sees,),
    Action.ATTACH: _WRITE,
    Action.DETACH: _WRITE,
    Action.ASK_EXTENSION: (lead, owes, nothing_asked),
    Action.GRANT_EXTENSION: _ANSWER,
    Action.REFUSE_EXTENSION: _ANSWER,
    Action.RESCHEDULE: (holds("edit_calendar"), out_of_step),
    Action.CHASE: (leader, somebody_owes, not_chased_today),
}

_WRITE_YEARLY = (holds("write_school_report"), open_for_writing, nothing_pending)

OF_SCHOOL_REPORT: dict[Action, tuple[Rule, ...]] = {
    **{
        action: POLICY[action]
        for action in (
            Action.APPROVE,
            Action.RETURN,
            Action.REASSIGN,
            Action.UNDO,
            Action.COMMENT,
            Action.RESCHEDULE,
            Action.CHASE,
        )
    },
    Action.GATHER: _WRITE_YEARLY,
    Action.WRITE_YEARLY: _WRITE_YEARLY,
    Action.SUBMIT_YEARLY: _WRITE_YEARLY,
    Action.RECALL: (holds("write_school_report"), pending_at(Gate.YEARLY)),
    Action.REOPEN_YEARLY: (not_author, holds("reopen_dossiers"), approved),
}
"""The same for the school's report of a year. Any clerk or secretary may go on with it, and whoever
writes becomes an author; a principal who wants other words returns it.
"""


def table_of(case: Case) -> dict[Action, tuple[Rule, ...]]:
    return OF_SCHOOL_REPORT if case.initiative.is_school_report else POLICY


def refusal(action: Action, case: Case) -> Refusal | None:
    if case.person and not case.person.is_active:
        return Refusal(_("This account has been closed."))
    table = table_of(case)
    if action not in table:
        return Refusal(_("This is not done with a dossier of this kind."))
    return next((found for rule in table[action] if (found := rule(case))), None)


def available(case: Case) -> list[Action]:
    """What this person can do now, in the order of the table: this draws the buttons."""
    return [action for action in table_of(case) if refusal(action, case) is None]


def require(action: Action, case: Case) -> None:
    if found := refusal(action, case):
        raise Refused(found)
