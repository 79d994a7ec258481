"""What a person was told, under the bell: the rows of the outbox, whatever became of the mail."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from notifications.models import Message
from people.models import User
from people.prepared import Prepared
from workflow.models import Initiative

MANY = 99
"""More than this is not counted on every page: "99+" says enough."""


def unread_count(user: User) -> int:
    return len(_unread(user=user.pk, most=MANY + 1))


@Prepared
def _unread(user: int, most: int) -> QuerySet[Any]:
    return Message.objects.unread(user).order_by().values_list("pk")[:most]


def mark_read(user: User, now: datetime, *, about: Initiative | None = None) -> None:
    """All of it, or what is about one initiative. Looks first: a page that is only read again
    takes no lock."""
    unread = Message.objects.unread(user)
    if about is not None:
        unread = unread.filter(initiative=about)
    if unread.exists():
        unread.update(read_at=now)
