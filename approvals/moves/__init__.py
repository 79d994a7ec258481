"""What each action does to a case once policy has agreed. Nothing here asks who may."""

from collections.abc import Callable
from typing import Any

from approvals.case import Case
from approvals.moves import (
    attach,
    chase,
    comment,
    decide,
    draft,
    extension,
    gates,
    lifecycle,
    reassign,
    reschedule,
    undo,
    vote,
    yearly,
)
from approvals.policy import Action

Move = Callable[[Case, dict[str, Any]], dict[str, Any] | None]
"""Changes the case and returns the facts for the audit, or None when nothing changed."""

MOVES: dict[Action, Move] = {
    Action.EDIT: draft.edit,
    Action.SUBMIT: gates.submit_registration,
    Action.RECALL: gates.recall,
    Action.APPROVE: decide.approve,
    Action.RETURN: decide.send_back,
    Action.REJECT: decide.reject,
    Action.FOR: vote.vote_for,
    Action.AGAINST: vote.vote_against,
    Action.CLOSE_VOTE: vote.close_vote,
    Action.REASSIGN: reassign.reassign,
    Action.UNDO: undo.take_back,
    Action.START: lifecycle.start,
    Action.EDIT_REPORT: draft.edit_report,
    Action.SUBMIT_REPORT: gates.submit_report,
    Action.OPEN_EVALUATION: gates.open_evaluation,
    Action.WITHDRAW: lifecycle.withdraw,
    Action.REOPEN: lifecycle.reopen,
    Action.COMMENT: comment.comment,
    Action.ATTACH: attach.attach,
    Action.DETACH: attach.detach,
    Action.ASK_EXTENSION: extension.ask,
    Action.GRANT_EXTENSION: extension.grant,
    Action.REFUSE_EXTENSION: extension.refuse,
    Action.RESCHEDULE: reschedule.reschedule,
    Action.CHASE: chase.chase,
    Action.GATHER: yearly.gather,
    Action.WRITE_YEARLY: yearly.write,
    Action.SUBMIT_YEARLY: yearly.submit_yearly,
    Action.REOPEN_YEARLY: yearly.reopen,
}
