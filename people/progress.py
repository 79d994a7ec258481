"""How far long work is, for its bar."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Progress:
    """`total` 0: it is not known yet. `since` None: it has not begun."""

    done: int
    total: int
    since: datetime | None
    now: datetime

    @property
    def seconds_left(self) -> int | None:
        """As fast as until now; nothing is said before there is something to judge by."""
        if not self.done or self.since is None:
            return None
        spent = (self.now - self.since).total_seconds()
        return round(spent / self.done * (self.total - self.done))

    @property
    def minutes_left(self) -> int | None:
        seconds = self.seconds_left
        return None if seconds is None else -(-seconds // 60)
