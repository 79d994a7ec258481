"""The daily digest: every morning what waits for a person, and what they chose to read there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from notifications.composing import subject
from notifications.models import Held, MailHours, Message
from notifications.outbox import enqueue, message
from notifications.preferences import quiet_until
from people.models import User
from workflow.calendar import ZONE
from workflow.deadlines import is_overdue, last_day, local_day
from workflow.models import WorkItem

MORNING = time(7)
SOON = timedelta(days=2)
LISTED = 20


def send_daily(now: datetime) -> int:
    """Write today's digest of everybody who wants one, once, as of seven in the morning."""
    as_of = datetime.combine(local_day(now), MORNING, ZONE)
    if now < as_of:
        return 0
    people = _wanting(as_of).order_by("pk").values_list("pk", flat=True)
    return sum(_send_to(person, as_of, now) for person in people.iterator())


def _wanting(as_of: datetime) -> QuerySet[User]:
    """Whoever asked for all that waits and was not looked at today, or has news put aside."""
    hours = MailHours.objects.filter(digest=True).exclude(digested_on=as_of.date())
    people = User.objects.filter(
        Q(pk__in=hours.values("user")) | Q(pk__in=_news(as_of).values("recipient")), is_active=True
    )
    return people.exclude(mail_hours__weekends=True) if as_of.weekday() >= 5 else people


def _news(as_of: datetime) -> QuerySet[Message]:
    return Message.objects.filter(held=Held.DIGEST, sent_at=None, created_at__lt=as_of)


def _send_to(person: int, as_of: datetime, now: datetime) -> int:
    """One person, in one transaction: whoever else is at it has the row, and is left alone."""
    skip = connection.features.has_select_for_update_skip_locked
    today = as_of.date()
    with transaction.atomic():
        users = User.objects.filter(pk=person).select_related("mail_hours")
        if skip:
            users = users.select_for_update(of=("self",), no_key=True, skip_locked=True)
        user = users.first()
        if user is None or _sent(user, today) or quiet_until(_hours(user), now):
            return 0
        MailHours.objects.filter(user=user).update(digested_on=today)
        news = _news(as_of).filter(recipient=user).select_related("initiative", "recipient")
        held = list(news.order_by("pk"))
        facts = _facts(user, held, as_of)
        if not facts["rows"]:
            return 0
        enqueue([message(_key(today), "daily_digest", user, now, **facts)])
        Message.objects.filter(pk__in=[one.pk for one in held]).update(sent_at=now)
    return 1


def _key(today: date) -> str:
    return f"daily/{today:%Y%m%d}"


def _sent(user: User, today: date) -> bool:
    return Message.objects.filter(key=f"{_key(today)}/{user.pk}").exists()


def _hours(user: User) -> MailHours | None:
    return getattr(user, "mail_hours", None)


def _facts(user: User, held: list[Message], as_of: datetime) -> dict[str, Any]:
    """In the language the person reads now; long lists end where the worklist begins."""
    awaiting = WorkItem.objects.awaiting(user, as_of.date()).filter(opened_at__lt=as_of)
    waiting = awaiting.select_related("initiative")
    dues = list(waiting.order_by("due_at").values_list("due_at", flat=True))
    late = sum(is_overdue(due, as_of) for due in dues)
    soon = sum(as_of < due <= as_of + SOON for due in dues)
    wants_all = getattr(_hours(user), "digest", False)
    with translation.override(user.language):
        rows = [_row(item) for item in waiting.order_by("due_at", "pk")[:LISTED] if wants_all]
        rows += [[subject(one), f"{local_day(one.created_at):%d/%m/%Y}"] for one in held]
    return {"count": len(dues), "late": late, "soon": soon, "rows": rows}


def _row(item: WorkItem) -> list[str]:
    what = f"{item.initiative.code} {item.initiative.title}: {item.get_duty_display()}"
    return [what, f"{last_day(item.due_at):%d/%m/%Y}"]
