"""Which export a worker makes, and until when: leases.

A worker that dies leaves its lease; when that ends the next one begins again, and what the first
wrote is deleted. A worker that was only slow finds out at its next sign of life, and stops.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from reports.models.export import Export, ExportQuerySet, Reason, Status

Clock = Callable[[], datetime]
LEASE = timedelta(seconds=90)
"""Longer than any one document takes; signs of life come between documents."""
SIGN_OF_LIFE = 1.0
"""Seconds between two: so soon a cancelled export ends, and the bar moves."""
TRIES = 3
"""What three workers died of would kill the fourth."""


class NotOurs(Exception):
    """It was cancelled, or another worker has taken it over."""


def claimable(now: datetime) -> bool:
    if Export.objects.orphaned(now).exists():
        return True
    room = Export.objects.running().count() < settings.EXPORTS_AT_ONCE
    return room and Export.objects.waiting().exists()


def claim(now: datetime) -> Export | None:
    """What a dead worker left, then what has waited longest; None when there is no free slot."""
    return _take_over(now) or _begin(now)


def _take_over(now: datetime) -> Export | None:
    orphaned = Export.objects.orphaned(now)
    hopeless = orphaned.filter(lost__gte=TRIES - 1)
    hopeless.move(Status.FAILED, finished_at=now, reason=Reason.LOST)
    for pk in orphaned.order_by("lease_until").values_list("pk", flat=True):
        if found := _hold(orphaned.filter(pk=pk), now, lost=F("lost") + 1):
            return found
    return None


def _begin(now: datetime) -> Export | None:
    taken = set(Export.objects.running().values_list("slot", flat=True))
    waiting = Export.objects.waiting()
    for slot in set(range(settings.EXPORTS_AT_ONCE)) - taken:
        for pk in waiting.values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    found = _hold(Export.objects.waiting().filter(pk=pk), now, slot=slot)
            except IntegrityError:  # another worker has the slot by now
                break
            if found:
                return found
    return None


def _hold(rows: ExportQuerySet, now: datetime, **changes: Any) -> Export | None:
    """Of two workers that ask for the same row one gets it: the statement asks and takes."""
    holder = token_hex(16)
    fresh = {"started_at": now, "lease_until": now + LEASE, "done": 0, "total": 0}
    if not rows.order_by().move(Status.RUNNING, holder=holder, **fresh, **changes):
        return None
    return Export.objects.select_related("asked_by", "movement__unit__parent").get(holder=holder)


@dataclass
class Hold:
    """What a worker may do with the export it claimed, as long as it is still its own."""

    export: Export
    clock: Clock
    _signed: float = field(default_factory=time.monotonic)

    @property
    def _mine(self) -> ExportQuerySet:
        return Export.objects.running().filter(pk=self.export.pk, holder=self.export.holder)

    def begin(self, total: int, initiatives: list[int], official: bool) -> None:
        self._renew(total=total, initiatives=initiatives, official=official)

    def sign_of_life(self, done: int) -> None:
        """Raises `NotOurs`. One statement renews the lease, tells how far it is, and asks."""
        if time.monotonic() - self._signed >= SIGN_OF_LIFE:
            self._renew(done=done)

    def _renew(self, **changes: Any) -> None:
        if not self._mine.update(lease_until=self.clock() + LEASE, **changes):
            raise NotOurs
        self._signed = time.monotonic()

    def end(self, status: Status, **changes: Any) -> None:
        if not self._mine.move(status, **changes):
            raise NotOurs

    def give_back(self) -> None:
        """The worker was told to stop: nothing is wrong with the export."""
        self._mine.move(Status.WAITING, slot=None)
