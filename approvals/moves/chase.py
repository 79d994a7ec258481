"""Reminding whoever owes what is open: nothing else changes, and the audit says who was told."""

from typing import Any

from approvals.case import Case
from approvals.chasing import chaseable


def chase(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """Everything of the initiative that others owe and that was not chased today."""
    case.chased = chaseable(case)
    told = {user.pk for item in case.chased for user in case.owing(item) if user != case.person}
    case.event = "chased"
    return {"items": [item.pk for item in case.chased], "people": sorted(told)}
