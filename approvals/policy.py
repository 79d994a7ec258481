"""Who may do what: one table, read by the buttons and by the door.

Each action names the rules it must pass. A rule answers with None or with a reason that a person
understands. Rules about the person come first, so that an outsider learns nothing of the state.
There is no rule for administrators: they may correct data, never decide.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.reading import Reading
from approvals.refusal import Refusal, Refused
from approvals.rules.dates import (
    answers_request,
    not_chased_today,
    nothing_asked,
    out_of_step,
    owes,
    somebody_owes,
    system_follows,
)
from approvals.rules.dossier import (
    approved,
    in_state,
    nothing_pending,
    open_for_writing,
    pending_at,
)
from approvals.rules.people import (
    author,
    holds,
    lead,
    lead_or_leader,
    lead_or_system,
    leader,
    not_author,
    sees,
)
from approvals.rules.rule import Rule
from approvals.rules.steps import has_peers, just_decided, may_decide, one_step_each, seated
from approvals.rules.votes import is_a_vote, no_vote, vote_attended, vote_runs
from workflow.models import Gate, State


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
    Action.RESCHEDULE: (system_follows(holds("edit_calendar")), out_of_step),
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


def table_of(case: Reading) -> dict[Action, tuple[Rule, ...]]:
    return OF_SCHOOL_REPORT if case.initiative.is_school_report else POLICY


def refusal(action: Action, case: Reading) -> Refusal | None:
    if case.person and not case.person.is_active:
        return Refusal(_("This account has been closed."))
    table = table_of(case)
    if action not in table:
        return Refusal(_("This is not done with a dossier of this kind."))
    return next((found for rule in table[action] if (found := rule(case))), None)


def available(case: Reading) -> list[Action]:
    """What this person can do now, in the order of the table: this draws the buttons."""
    return [action for action in table_of(case) if refusal(action, case) is None]


def require(action: Action, case: Reading) -> None:
    if found := refusal(action, case):
        raise Refused(found)
