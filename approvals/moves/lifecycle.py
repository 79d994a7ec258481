"""Moves that need no agreement: start, withdraw, reopen."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves import items
from approvals.moves.gates import close_submission
from approvals.refusal import Refusal, Refused
from workflow.models import Submission


def start(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    case.initiative.start()
    return {}


def withdraw(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    reason = payload.get("comment", "").strip()
    if not reason and not case.is_lead:
        raise Refused(Refusal(_("Write a comment that says why: the author reads it.")))
    if case.pending:
        close_submission(case, Submission.Status.RECALLED)
    case.close_items()
    case.initiative.withdraw()
    case.event = "withdrawn"
    return {"comment": reason}


def reopen(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """An appeal: the evaluation starts again, and what was decided stays in the history."""
    reason = payload.get("comment", "").strip()
    if not reason:
        raise Refused(Refusal(_("Write a comment that says why: the author reads it.")))
    case.initiative.reopen()
    case.initiative.score, case.initiative.grade = None, ""
    case.initiative.recognised = case.initiative.replicated = False
    case.initiative.recognised_on = case.initiative.replicated_on = None
    items.owe_evaluation(case)
    case.event = "reopened"
    return {"comment": reason}
