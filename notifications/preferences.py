"""What of the messages a person wants by mail. Under the bell they are told of all the same."""

from django.db.models import Exists, OuterRef

from notifications.models import Preference
from notifications.models.preference import Choice
from people.models import User

ALWAYS = frozenset({"overdue", "overdue_below", "escalated"})
"""Escalations: whoever could switch them off could not be chased."""


def can_switch_off(kind: str) -> bool:
    return kind not in ALWAYS


def switch_off(user: User, kind: str) -> None:
    Preference.objects.update_or_create(user=user, kind=kind, defaults={"choice": Choice.NONE})


def unwanted() -> Exists:
    """A condition on messages: their recipient wants no mail of this kind."""
    no_mail = Preference.objects.filter(
        user=OuterRef("recipient"), kind=OuterRef("kind"), choice=Choice.NONE
    )
    return Exists(no_mail.exclude(kind__in=ALWAYS))
