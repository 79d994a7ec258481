"""Which export a worker makes, and until when: leases.

Who takes over begins again, and what the first wrote is deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from people import leases
from people.leases import NotOurs
from reports.models.export import Export, ExportQuerySet, Reason, Status

TRIES = 3
"""What three workers died of would kill the fourth."""


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
    lease = leases.fresh_lease(now)
    fresh = lease | {"started_at": now, "done": 0, "total": 0}
    if not rows.order_by().move(Status.RUNNING, **fresh, **changes):
        return None
    found = Export.objects.select_related("asked_by", "movement__unit__parent")
    return found.get(holder=lease["holder"])


@dataclass
class Hold(leases.Hold):
    """An export runs while it is held."""

    row: Export

    @property
    def _mine(self) -> ExportQuerySet:
        return Export.objects.running().filter(pk=self.row.pk, holder=self.row.holder)

    def begin(self, total: int, initiatives: list[int], official: bool) -> None:
        self.renew(total=total, initiatives=initiatives, official=official)

    def end(self, status: Status, **changes: Any) -> None:
        if not self._mine.move(status, **changes):
            raise NotOurs

    def give_back(self) -> None:
        """The worker was told to stop: nothing is wrong with the export."""
        self._mine.move(Status.WAITING, slot=None)
