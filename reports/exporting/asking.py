"""Ask for an export, call it off, and let finished ones end."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction

from people.models import User
from people.waking import wake
from reports.exporting import store
from reports.models import Export
from reports.models.export import Status
from workflow.models import Movement

WORKER = "reports.tasks.make_exports"
MOST_WAITING = 20
"""Over all people: more would wait for longer than anybody likes to."""


class Busy(Exception):
    """The person has one being made already."""


class Full(Exception):
    """Too many wait."""


def lifetime() -> timedelta:
    return timedelta(hours=settings.EXPORT_HOURS)


def title_of(export: Export) -> str:
    return f"Hồ sơ {export.movement.code} năm {export.year}"


def ask(user: User, movement: Movement, year: int, parts: list[str], now: datetime) -> Export:
    if Export.objects.waiting().count() >= MOST_WAITING:
        raise Full
    try:
        with transaction.atomic():
            made = Export.objects.create(
                asked_by=user, movement=movement, year=year, parts=parts, asked_at=now
            )
    except IntegrityError as taken:
        raise Busy from taken
    transaction.on_commit(partial(wake, WORKER))
    return made


def cancel(export: Export, now: datetime) -> bool:
    """The worker finds out at its next sign of life; what it wrote goes with it."""
    return Export.objects.filter(pk=export.pk).move(Status.CANCELLED, finished_at=now)


def expire(now: datetime) -> int:
    """End what has run out, and delete every file that no row names any more."""
    ended = Export.objects.filter(expires_at__lte=now, status=Status.DONE)
    ended.move(Status.EXPIRED)
    return store.tidy()


def lose(export: Export) -> None:
    """Its file is gone, as after a restore of the database alone."""
    Export.objects.filter(pk=export.pk).move(Status.EXPIRED)
