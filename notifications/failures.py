"""What a failed attempt means for its row: try again and when, or leave it to a person."""

import random
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils.translation import gettext_noop

from notifications.models import Message

LONGEST_SNOOZE = timedelta(hours=6)
MOST = 30
"""Attempts before somebody must look at it: about five days of them (RFC 5321, 4.5.4.1)."""


class Foreign(Exception):
    """The recipient is outside the domains that official mail may go to."""


def require_official(address: str) -> None:
    """Official mail stays in the school's own mail system when MAIL_DOMAINS names its domains."""
    if settings.MAIL_DOMAINS and address.rpartition("@")[2].lower() not in settings.MAIL_DOMAINS:
        raise Foreign(gettext_noop("The address is outside the domains allowed for official mail."))


def words(error: Exception) -> str:
    """As the administrator reads it: the server's own words, or ours."""
    return str(error) if isinstance(error, Foreign) else f"{type(error).__name__}: {error}"


def judge(message: Message, error: Exception, now: datetime) -> None:
    message.error = words(error)
    if is_transient(error) and message.attempts < MOST:
        message.not_before = now + snooze(message.attempts)
    else:
        message.cancelled_at = now


def is_transient(error: Exception) -> bool:
    """A lost connection or a 4xx answer may pass (RFC 5321, 4.2.1); all else needs a person."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 400 <= error.smtp_code < 500
    return isinstance(error, (OSError, SoftTimeLimitExceeded))


def snooze(attempts: int) -> timedelta:
    """Twice as long after each attempt, with jitter, so that a recovering server is not stormed."""
    return _jitter(min(settings.MAIL_FIRST_RETRY * 2 ** min(attempts, 20), LONGEST_SNOOZE))


def until_back() -> timedelta:
    """No row is to blame for a server that cannot be reached: all wait a little, and none longer
    for having waited before."""
    return _jitter(2 * settings.MAIL_FIRST_RETRY)


def _jitter(longest: timedelta) -> timedelta:
    return longest * random.uniform(0.5, 1)  # noqa: S311 (not a secret)
