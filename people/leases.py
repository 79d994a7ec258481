"""Long work that one worker does at a time: the row is the lease, and says how far it is believed.

A worker that dies leaves its lease; when that ends the next one takes the work over. A worker that
was only slow finds out at its next sign of life, and stops.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import models

Clock = Callable[[], datetime]
LEASE = timedelta(seconds=90)
"""Longer than any one piece of the work takes; signs of life come between two."""
SIGN_OF_LIFE = 1.0
"""Seconds between two: so soon a worker learns that the work is no longer its own."""


class NotOurs(Exception):
    """It was called off, or another worker has taken it over."""


class Leased(models.Model):
    """`holder` names the worker at work; `lease_until` how long that is believed without a word."""

    holder = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def fresh_lease(now: datetime) -> dict[str, Any]:
    """Columns of a row whose work begins."""
    return {"holder": token_hex(16), "lease_until": now + LEASE}


@dataclass
class Hold:
    """What a worker may do with the row it claimed, as long as it is still its own."""

    row: Leased
    clock: Clock
    _signed: float = field(default_factory=time.monotonic)

    @property
    def _mine(self) -> models.QuerySet[Any]:
        rows = type(self.row)._default_manager
        return rows.filter(pk=self.row.pk, holder=self.row.holder)

    def sign_of_life(self, **changes: Any) -> None:
        """Raises `NotOurs`. One statement renews the lease, tells how far it is, and asks."""
        if time.monotonic() - self._signed >= SIGN_OF_LIFE:
            self.renew(**changes)

    def renew(self, **changes: Any) -> None:
        if not self._mine.update(lease_until=self.clock() + LEASE, **changes):
            raise NotOurs
        self._signed = time.monotonic()

    def give_back(self) -> None:
        """Others need not wait for the end of the lease."""
        self._mine.update(lease_until=None)
