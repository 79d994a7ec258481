"""The way in to the outbox: rows written with the change, and a nudge after its commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from notifications.models import Message
from notifications.nudge import nudge
from people.instances import new
from people.models import User
from people.rows import Change, Insert, store
from workflow.models import Initiative

BATCH = 500


def message(
    key: str,
    kind: str,
    recipient: User,
    now: datetime,
    initiative: Initiative | None = None,
    **facts: Any,
) -> Message:
    """An unsaved row; `key` names the event, and with the recipient it is unique."""
    return new(
        Message,
        key=f"{key}/{recipient.pk}",
        kind=kind,
        recipient_id=recipient.pk,
        initiative_id=initiative.pk if initiative else None,
        facts=facts,
        created_at=now,
        not_before=now,
    )


def enqueue(messages: Iterable[Message], *along: Change) -> None:
    """Store the rows in the caller's transaction. A key that is already there is not told again.

    `along`: changes of the same transaction, stored in the same statement.
    """
    rows = list(messages)
    store(*along, Insert(rows[:BATCH], once=True))
    for start in range(BATCH, len(rows), BATCH):
        store(Insert(rows[start : start + BATCH], once=True))
    if rows:
        transaction.on_commit(nudge)
