"""The way in to the outbox: rows written with the change, and a nudge after its commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from notifications.models import Message
from notifications.nudge import nudge
from people.models import User
from people.rows import insert
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
    return Message(
        key=f"{key}/{recipient.pk}",
        kind=kind,
        recipient=recipient,
        initiative=initiative,
        facts=facts,
        created_at=now,
        not_before=now,
    )


def enqueue(messages: Iterable[Message]) -> None:
    """Store the rows in the caller's transaction. A key that is already there is not told again."""
    rows = list(messages)
    if rows:
        for start in range(0, len(rows), BATCH):
            insert(rows[start : start + BATCH], once=True)
        transaction.on_commit(nudge)
