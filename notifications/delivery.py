"""Deliver the outbox: claim with a lease, send over one connection, mark.

At least once, and a crash between sending and marking repeats a mail with the same Message-ID.
Many senders may run at the same time. Results as in the design: sent, snoozed, cancelled.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from notifications.composing import compose
from notifications.models import Message

logger = logging.getLogger(__name__)
BATCH = 50
LONGEST_SNOOZE = timedelta(hours=6)
Clock = Callable[[], datetime]


def deliver_waiting(clock: Clock) -> int:
    """Send everything that waits; returns the number of mails sent."""
    sent = 0
    mail_connection = get_connection()
    try:
        while batch := _claim(clock()):
            sent += sum(_send(message, mail_connection, clock) for message in batch)
    finally:
        _close(mail_connection)
    return sent


def _claim(now: datetime) -> list[Message]:
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        waiting = Message.objects.waiting(now).order_by("not_before", "pk")
        rows = waiting.select_for_update(skip_locked=True) if skip else waiting
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        Message.objects.filter(pk__in=keys).update(lease_until=now + settings.MAIL_LEASE)
    claimed = Message.objects.filter(pk__in=keys).select_related("recipient", "initiative")
    return list(claimed.order_by("not_before", "pk"))


def _send(message: Message, mail_connection: BaseEmailBackend, clock: Clock) -> bool:
    """One row; whatever goes wrong with it stays with it."""
    message.attempts += 1
    try:
        mail = compose(message)
        mail.connection = mail_connection
        mail_connection.open()
        mail.send()
    except Exception as error:
        _close(mail_connection)
        _failed(message, error, clock())
    else:
        message.sent_at, message.error = clock(), ""
    message.lease_until = None
    message.save(
        update_fields=("attempts", "sent_at", "cancelled_at", "not_before", "lease_until", "error")
    )
    return message.sent_at is not None


def _failed(message: Message, error: Exception, now: datetime) -> None:
    message.error = f"{type(error).__name__}: {error}"
    if is_transient(error):
        message.not_before = now + snooze(message.attempts)
    else:
        message.cancelled_at = now
    logger.warning("message %s: %s", message.pk, type(error).__name__)


def is_transient(error: Exception) -> bool:
    """A lost connection or a 4xx answer may pass (RFC 5321, 4.2.1); all else needs a person.

    The end of the task's time may come in the middle of a mail, and is no fault of that mail.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 400 <= error.smtp_code < 500
    return isinstance(error, (OSError, SoftTimeLimitExceeded))


def snooze(attempts: int) -> timedelta:
    """Twice as long after each attempt, with jitter, so that a recovering server is not stormed."""
    longest = min(settings.MAIL_FIRST_RETRY * 2 ** min(attempts, 20), LONGEST_SNOOZE)
    jitter: float = random.uniform(0.5, 1)  # noqa: S311 (not a secret)
    return timedelta(seconds=longest.total_seconds() * jitter)


def _close(mail_connection: BaseEmailBackend) -> None:
    """Close without a word: a broken connection may not stop the rows after it."""
    try:
        mail_connection.close()
    except OSError:
        logger.debug("the mail connection was already gone")
