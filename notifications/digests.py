"""Every Monday the principal reads what is late, by department, and the seal of the audit.

The seal is one hash over the heads of all chains. It lies in a mailbox outside the database, so
that even a rewrite of a whole chain shows.
"""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q

from notifications.models import Message
from notifications.outbox import enqueue, message
from people.holdings import holdings
from people.roles import Role
from workflow.calendar import ZONE
from workflow.canonical import canonical, digest
from workflow.deadlines import local_day
from workflow.models import Follower, Initiative, Movement, WorkItem

MONDAY_MORNING = time(7)
WEEK = timedelta(days=7)


def send_weekly(now: datetime) -> int:
    """Write this week's digest of each running movement once, as of Monday morning."""
    today = local_day(now)
    monday = today - timedelta(days=today.weekday())
    as_of = datetime.combine(monday, MONDAY_MORNING, ZONE)
    if now < as_of:
        return 0
    running = Movement.objects.filter(starts_on__lte=monday, ends_on__gte=monday - WEEK * 52)
    rows = [row for movement in running for row in _digest(movement, as_of, now)]
    enqueue(rows)
    return len(rows)


def _digest(movement: Movement, as_of: datetime, now: datetime) -> list[Message]:
    """One per week, and none for a week in which nothing is late and nothing has moved."""
    key = f"digest/{movement.pk}/{as_of:%G-%V}"
    if Message.objects.filter(key__startswith=f"{key}/").exists():
        return []
    late = WorkItem.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gt=as_of),
        ~Follower.waits("initiative_id"),
        initiative__movement=movement,
        due_at__lte=as_of,
    )
    units = Counter(late.values_list("initiative__unit__short_name", flat=True))
    facts: dict[str, Any] = {
        "rows": [[name, count] for name, count in units.most_common()],
        "count": units.total(),
        "seal": seal(),
    }
    moved = Initiative.dossiers.filter(
        movement=movement, created_at__lte=as_of, updated_at__gte=as_of - WEEK
    )
    if not units and not moved.exists():
        return []
    return [
        message(key, "weekly_digest", held.user, now, **facts)
        for held in holdings([movement.unit_id], local_day(now))
        if held.role == Role.PRINCIPAL and held.permission == "decide"
    ]


def seal() -> str:
    """SHA-256 over the head of every audit chain, in the order of their codes."""
    heads = Initiative.dossiers.order_by("code").values_list("code", "audit_head")
    return digest(canonical([list(head) for head in heads]))
