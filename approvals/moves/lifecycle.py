"""Moves that need no agreement: start, withdraw, reopen."""

from typing import Any

from approvals.case import Case
from approvals.moves import items
from approvals.moves.gates import close_submission
from approvals.policy import Action
from approvals.reasons import reason
from workflow.models import Submission


def start(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    case.initiative.start()
    return {}


def withdraw(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    comment = reason(Action.WITHDRAW, case, payload)
    if case.pending:
        close_submission(case, Submission.Status.RECALLED)
    case.close_items()
    case.initiative.withdraw()
    case.event = "withdrawn"
    return {"comment": comment}


def reopen(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """An appeal: the evaluation starts again, and what was decided stays in the history."""
    comment = reason(Action.REOPEN, case, payload)
    case.initiative.reopen()
    case.initiative.score, case.initiative.grade = None, ""
    case.initiative.recognised = case.initiative.replicated = False
    case.initiative.recognised_on = case.initiative.replicated_on = None
    items.owe_evaluation(case)
    case.event = "reopened"
    return {"comment": comment}
