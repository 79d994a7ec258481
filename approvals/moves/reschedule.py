"""Due dates follow a round or a calendar that was changed: no date is named here by anybody."""

from typing import Any

from approvals.case import Case
from approvals.moves import items
from workflow.models import Follower


def reschedule(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    """`payload`: `comment`, what was changed, in words for the history.

    Only the changes that the case was gathered after are followed with it: one that has committed
    since keeps its own row. Nothing is done when a later change took an earlier one back.
    """
    if case.follows:
        Follower.objects.filter(pk__in=case.follows.values()).delete()
    moved = items.follow(case)
    if not moved:
        return None
    case.event = "rescheduled"
    return {"comment": payload.get("comment", ""), "moved": moved}
