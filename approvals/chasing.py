"""Chasing by hand (đôn đốc): which open items may still be chased today, and who did already."""

from datetime import datetime

from approvals.reading import Reading
from people.models import User
from workflow.deadlines import before, local_day
from workflow.models import AuditEntry, WorkItem

CHASED = "chase"


def owed_by_others(case: Reading) -> list[WorkItem]:
    """Open items that somebody besides the person owes: nobody needs to remind themselves."""
    return [item for item in case.items if any(user != case.person for user in case.owing(item))]


def chased_today(case: Reading) -> dict[int, tuple[datetime, User | None]]:
    """When an item was chased last, and by whom, by its key: the audit knows."""
    since = before(local_day(case.now))
    entries = AuditEntry.objects.filter(
        initiative=case.initiative, action=CHASED, at__gte=since
    ).select_related("actor")
    return {
        key: (entry.at, entry.actor)
        for entry in entries.order_by("seq")
        for key in entry.facts["items"]
    }


def chaseable(case: Reading) -> list[WorkItem]:
    done = chased_today(case)
    return [item for item in owed_by_others(case) if item.pk not in done]
