"""Whether a message is mailed, when, or read in the daily digest: decided here and nowhere else.

It is decided when a message is about to be sent, so that writing one costs nothing more, and what
a person chooses holds for what waits already. In the application every message is there at once.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Held, Mail, MailHours, Message, Preference
from people.models import User
from workflow.calendar import ZONE

KINDS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "to_decide": (
        _("Something waits for my decision"),
        (
            "decision_wanted", "stand_in_wanted", "evaluation_wanted", "called_off",
            "extension_wanted",
        ),
    ),
    "outcome": (
        _("What became of my initiative"),
        (
            "registered", "returned", "rejected", "report_accepted", "evaluated", "withdrawn",
            "reopened", "undone", "extension_granted", "extension_refused", "rescheduled",
            "report_approved", "report_reopened",
        ),
    ),
    "comments": (_("Comments and mentions"), ("mentioned", "commented")),
    "due_soon": (_("Something of mine is due soon"), ("due_soon",)),
    "below": (_("Something is due or late in my unit"), ("due_soon_below", "overdue_below")),
    "delegations": (_("Who stands in for whom"), ("delegated", "delegation_ended")),
    "exports": (_("A file that I asked for"), ("export_done", "export_failed")),
    "weekly": (_("Every Monday: what is late"), ("weekly_digest",)),
}  # fmt: skip
"""What a person can choose for: the name on the page, and the letters it covers."""

LOCKED: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "overdue": (
        _("Something of mine is late"),
        _("Whoever owes something is always told before it goes to the next role up."),
    ),
    "escalated": (
        _("An escalation reaches me"),
        _("It has been late for days and may now be yours to decide."),
    ),
    "chased": (
        _("Somebody reminds me in person"),
        _("Your head or the principal has written to you in their own name."),
    ),
    "daily_digest": (
        _("The daily digest"),
        _("It comes only to those who chose it: see below."),
    ),
}
"""Letters that nobody can switch off, with the reason."""
KIND_OF = {letter: kind for kind, (_name, letters) in KINDS.items() for letter in letters}


def can_switch_off(letter: str) -> bool:
    return letter in KIND_OF


def switch_off(user: User, letter: str) -> None:
    """No mail of its kind any more; in the application nothing changes."""
    Preference.objects.update_or_create(
        user=user, kind=KIND_OF[letter], defaults={"mail": Mail.NEVER}
    )


def sort_out(batch: list[Message], now: datetime) -> list[Message]:
    """Of the messages claimed for sending those that are sent now; the others are put aside for
    as long as their recipients chose.
    """
    people = {message.recipient_id for message in batch}
    chosen = {
        (one.user_id, one.kind): one.mail for one in Preference.objects.filter(user__in=people)
    }
    hours = {one.user_id: one for one in MailHours.objects.filter(user__in=people)}
    ready = []
    for message in batch:
        mail = chosen.get((message.recipient_id, KIND_OF.get(message.kind, "")), Mail.AT_ONCE)
        later = quiet_until(hours.get(message.recipient_id), now)
        if mail != Mail.AT_ONCE:
            _put_aside(message, held=Held.DIGEST if mail == Mail.DAILY else Held.APP)
        elif later:
            _put_aside(message, not_before=later)
        else:
            ready.append(message)
    return ready


def _put_aside(message: Message, **change: datetime | str) -> None:
    Message.objects.filter(pk=message.pk).update(lease_until=None, **change)


def quiet_until(hours: MailHours | None, now: datetime) -> datetime | None:
    """When the person's quiet time ends; None outside of it."""
    local = start = now.astimezone(ZONE)
    quiet = hours.quiet if hours else default_quiet()
    while True:
        if hours and hours.weekends and local.weekday() >= 5:
            local = _at(local, time.min, days=1)
        elif quiet and _within(local.time(), *quiet):
            local = _at(local, quiet[1], days=int(local.time() >= quiet[1]))
        else:
            return local if local > start else None


def default_quiet() -> tuple[time, time] | None:
    starts, _dash, ends = settings.QUIET_HOURS.partition("-")
    return (time.fromisoformat(starts), time.fromisoformat(ends)) if starts and ends else None


def _within(moment: time, starts: time, ends: time) -> bool:
    """Hours that pass midnight begin later than they end."""
    if starts <= ends:
        return starts <= moment < ends
    return moment >= starts or moment < ends


def _at(day: datetime, moment: time, *, days: int) -> datetime:
    return datetime.combine(day.date() + timedelta(days=days), moment, ZONE)
