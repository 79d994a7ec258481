"""What a watcher wants to know: is all well, and the figures behind it. Nothing about people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Min, Q
from kombu.exceptions import KombuError
from redis import RedisError

from config.celery import app
from config.models import Heartbeat
from notifications.models import Message
from workflow.models import WorkItem

AWAKE = timedelta(minutes=5)
"""The beat wakes the sweep every minute; so long without is no accident."""
STUCK = timedelta(minutes=15)
"""A mail server that is away for a moment is tried for the fourth time after 7.5 minutes."""
BROKER_PATIENCE = 1  # seconds


@dataclass(frozen=True)
class Check:
    name: str
    ok: bool
    facts: dict[str, Any]


def checks(now: datetime) -> list[Check]:
    """Without its database nothing else can be asked."""
    database = Check("database", database_answers(), {})
    broker = Check("broker", broker_answers(), {})
    if not database.ok:
        return [database, broker]
    return [database, broker, *_signs(now), _mail(now)]


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    options = {"socket_timeout": BROKER_PATIENCE, "socket_connect_timeout": BROKER_PATIENCE}
    try:
        with app.connection_for_write(transport_options=options) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE)
            broker.default_channel.client.ping()  # type: ignore[attr-defined]
    except (OSError, KombuError, RedisError):
        return False
    return True


def _signs(now: datetime) -> Iterator[Check]:
    found = Heartbeat.objects.in_bulk()
    for name in (Heartbeat.BEAT, Heartbeat.SWEEP):
        sign = found.get(name)
        facts = {"last": sign.at.isoformat(), "seconds": sign.seconds} if sign else {"last": None}
        yield Check(name, bool(sign and now - sign.at <= AWAKE), facts)


def _mail(now: datetime) -> Check:
    waiting = oldest_waiting(now)
    return Check("mail", waiting <= STUCK, {"oldest_waiting_seconds": waiting.total_seconds()})


def oldest_waiting(now: datetime) -> timedelta:
    """Since it could first be sent; one that was tried counts from when it was written."""
    waiting = Message.objects.with_status("waiting")
    due = waiting.filter(Q(attempts__gt=0) | Q(not_before__lte=now))
    found = due.aggregate(
        untried=Min("not_before", filter=Q(attempts=0)),
        tried=Min("created_at", filter=Q(attempts__gt=0)),
    )
    since = [instant for instant in found.values() if instant]
    return max(now - min(since, default=now), timedelta(0))


def figures(now: datetime) -> dict[str, float]:
    """Name of the metric → value; times are seconds, instants seconds since 1970."""
    given = {
        "thidua_overdue_items": WorkItem.objects.overdue(now).count(),
        "thidua_outbox_depth": Message.objects.with_status("waiting").count(),
        "thidua_outbox_given_up": Message.objects.with_status("given_up").count(),
        "thidua_oldest_waiting_message_seconds": oldest_waiting(now).total_seconds(),
    }
    for sign in Heartbeat.objects.all():
        given[f"thidua_{sign.name}_last_timestamp_seconds"] = sign.at.timestamp()
        if sign.name == Heartbeat.SWEEP:
            given["thidua_sweep_duration_seconds"] = sign.seconds
    return given
