"""Apply the ladder: each rung once per work item, by a unique key, however often it runs."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from notifications.due import Due, due
from notifications.models import Escalation, Message
from notifications.outbox import enqueue, message
from workflow.deadlines import last_day
from workflow.models import Because, Duty, WorkItem

BATCH = 500
RAISED = ("raised_at", "raised_unit", "raised_role", "raised_because")


def climb(now: datetime) -> int:
    """Apply every rung that is due, in batches that each commit; returns their number."""
    climbed = 0
    everything = due(now)
    while batch := list(islice(everything, BATCH)):
        with transaction.atomic():
            _climb(batch, now)
        climbed += len(batch)
    return climbed


def _climb(batch: list[Due], now: datetime) -> None:
    Escalation.objects.bulk_create(
        (
            Escalation(work_item=one.item, rung=one.rung, due_at=one.item.due_at, at=now)
            for one in batch
        ),
        ignore_conflicts=True,
    )
    raised = [_raise(one, now) for one in batch if one.raised_to]
    WorkItem.objects.bulk_update(raised, RAISED)
    enqueue(row for one in batch for row in _messages(one, now))


def _raise(one: Due, now: datetime) -> WorkItem:
    one.item.raised_unit_id, one.item.raised_role = one.raised_to or (None, "")
    one.item.raised_at, one.item.raised_because = now, Because.LATE
    return one.item


def _messages(one: Due, now: datetime) -> Iterator[Message]:
    step = {"work_item": one.item.pk} if one.item.duty == Duty.DECIDE else {}
    below = "escalated" if one.rung.raises else "overdue_below"
    for kind, people in (
        ("overdue" if one.overdue else "due_soon", one.owing),
        (below, one.informed),
    ):
        for recipient in people:
            yield message(
                f"rung/{one.rung.pk}/{one.item.pk}/{last_day(one.item.due_at):%Y%m%d}",
                kind,
                recipient,
                now,
                one.item.initiative,
                **step,
                duty=one.item.duty,
                due_at=one.item.due_at.isoformat(),
                unit=one.item.initiative.unit.short_name,
            )
