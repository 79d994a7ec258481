"""Due dates follow a round or a calendar that was changed: no date is named here by anybody."""

from typing import Any

from approvals.case import Case
from approvals.moves import items


def reschedule(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload`: `comment`, what was changed, in words for the history."""
    case.event = "rescheduled"
    return {"comment": payload.get("comment", ""), "moved": items.follow(case)}
