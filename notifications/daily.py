"""The daily digest: every morning what waits for a person, and what they chose to read there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
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
    """Write today's digest of everybody who wants one, once, from seven in the morning on."""
    today = local_day(now)
    if now < datetime.combine(today, MORNING, ZONE):
        return 0
    held = Message.objects.filter(recipient=OuterRef("pk"), held=Held.DIGEST, sent_at=None)
    had = Message.objects.filter(
        recipient=OuterRef("pk"),
        kind="daily_digest",
        created_at__gte=datetime.combine(today, time.min, ZONE),
    )
    wanting = User.objects.filter(
        Q(mail_hours__digest=True) | Q(Exists(held)), ~Q(Exists(had)), is_active=True
    )
    people = wanting.order_by("pk").values_list("pk", flat=True)
    return sum(_send_to(person, today, now) for person in people.iterator())


def _send_to(person: int, today: date, now: datetime) -> int:
    """One person, in one transaction: whoever else is at it has the row, and is left alone."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        users = User.objects.filter(pk=person).select_related("mail_hours")
        if skip:
            users = users.select_for_update(of=("self",), no_key=True, skip_locked=True)
        user = users.first()
        if user is None or _sent(user, today) or quiet_until(_hours(user), now):
            return 0
        held = list(
            Message.objects.filter(recipient=user, held=Held.DIGEST, sent_at=None)
            .select_related("initiative", "recipient")
            .order_by("pk")
        )
        facts = _facts(user, held, now)
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


def _facts(user: User, held: list[Message], now: datetime) -> dict[str, Any]:
    """In the language the person reads now; long lists end where the worklist begins."""
    waiting = WorkItem.objects.awaiting(user, local_day(now)).select_related("initiative")
    dues = list(waiting.order_by("due_at").values_list("due_at", flat=True))
    late = sum(is_overdue(due, now) for due in dues)
    soon = sum(now < due <= now + SOON for due in dues)
    wants_all = getattr(_hours(user), "digest", False)
    with translation.override(user.language):
        rows = [_row(item) for item in waiting.order_by("due_at", "pk")[:LISTED] if wants_all]
        rows += [[subject(one), f"{local_day(one.created_at):%d/%m/%Y}"] for one in held[:LISTED]]
    return {"count": len(dues), "late": late, "soon": soon, "rows": rows}


def _row(item: WorkItem) -> list[str]:
    what = f"{item.initiative.code} {item.initiative.title}: {item.get_duty_display()}"
    return [what, f"{last_day(item.due_at):%d/%m/%Y}"]
