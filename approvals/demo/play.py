"""Play the stories in the order of time, with the sweep of every morning between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from operator import itemgetter

from approvals.demo.life import Life
from approvals.demo.school_report import SchoolYear
from approvals.sweep import sweep
from workflow.calendar import DAY, ZONE
from workflow.models import WorkItem

MORNING = time(7)
MONDAY = 0
Step = Callable[[], None]


@dataclass(frozen=True)
class Event:
    """A step of one life. It changes the database at this very instant and at no later one."""

    at: datetime
    life: Life | SchoolYear
    step: str

    def happen(self) -> None:
        step: Callable[[datetime], None] = getattr(self.life, self.step)
        step(self.at)


def play(events: list[Event], until: datetime) -> Iterator[float]:
    """Every event up to `until` in the order of time, a sweep each morning; yields progress."""
    steps: list[tuple[datetime, Step]] = [(event.at, event.happen) for event in events]
    first = min(at for at, _step in steps)
    steps += [(morning, partial(_sweep, morning)) for morning in _mornings(first, until)]
    due = sorted((row for row in steps if row[0] <= until), key=itemgetter(0))
    for done, (_at, step) in enumerate(due):
        step()
        yield done / len(due)
    sweep(until)


def _mornings(start: datetime, until: datetime) -> Iterator[datetime]:
    morning = datetime.combine(start.astimezone(ZONE), MORNING, ZONE)
    while morning <= until:
        yield morning
        morning += DAY


def _sweep(now: datetime) -> None:
    """A morning on which nobody owes anything has nothing to sweep, unless a digest is due."""
    if now.weekday() == MONDAY or WorkItem.objects.open().exists():
        sweep(now)
