"""Which rows of the outbox a sender may send, and until when: leases.

A sender that dies leaves its rows leased; they wait for the end of the lease and no longer. Then
they are taken one by one, because one of them may be what the sender died of: it must not take
its neighbours along again.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from notifications import tickets
from notifications.models import Message
from notifications.models.message import MessageQuerySet
from people.prepared import Prepared

BATCH = 100
IN_A_MAIL = (
    "key", "kind", "message_id", "facts", "lease_until", "attempts", "error", "not_before",
    "sent_at", "cancelled_at",
    "recipient__email", "recipient__full_name", "recipient__language",
    "initiative__code", "initiative__title",
)  # fmt: skip


def claim(now: datetime) -> list[int]:
    """Rows that are this sender's until their `lease_until`, the longest waiting first."""
    with transaction.atomic():
        waiting = Message.objects.waiting(now)
        left = waiting.filter(lease_until__lte=now).order_by("lease_until", "pk")
        fresh = waiting.filter(lease_until__isnull=True).order_by("not_before", "pk")
        keys = _locked(left, 1) or _locked(fresh, BATCH)
        Message.objects.filter(pk__in=keys).update(lease_until=now + settings.MAIL_LEASE)
    return keys


def load(keys: list[int]) -> list[Message]:
    """With all that a mail needs."""
    claimed: list[Message] = _in_mails(keys=tuple(keys)) if keys else []
    tickets.prepare(claimed)
    return claimed


@Prepared
def _in_mails(keys: tuple[int, ...]) -> QuerySet[Message]:
    rows = Message.objects.filter(pk__in=keys)
    rows = rows.select_related("recipient", "initiative").only(*IN_A_MAIL)
    return rows.order_by("not_before", "pk")


def _locked(rows: MessageQuerySet, most: int) -> list[int]:
    """Rows in the hands of another sender are skipped; SQLite has one writer at a time anyway."""
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return list(rows.values_list("pk", flat=True)[:most])


def give_back(rows: list[Message], **changes: Any) -> None:
    """Let others have what was claimed and not sent. What is no longer ours stays as it is."""
    ours = Message.objects.filter(
        pk__in=[row.pk for row in rows], lease_until__in={row.lease_until for row in rows}
    )
    ours.update(lease_until=None, **changes)
