"""Keeps the trial's processes alive, and stops them in order."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from lib.processes import Child

LONGEST_DELAY = 30.0
STEADY = 30.0  # seconds after which a process counts as well again


@dataclass
class Watched:
    """A process that died is started again: a worker may fall with a restart of its broker."""

    child: Child
    delay: float = 1.0
    started: float = 0.0
    due: float | None = None  # when it is to be started again

    def tend(self, now: float) -> None:
        if self.due is not None:
            if now >= self.due:
                self.child.start()
                self.started, self.due = now, None
        elif not self.child.alive:
            self._schedule(now)

    def _schedule(self, now: float) -> None:
        if now - self.started > STEADY:
            self.delay = 1.0
        code = f"exit code {self.child.exit_code}"
        self.child.kill()  # what it left behind would work beside its successor
        say(f"The {self.child.name} stopped ({code}); starting it again in {self.delay:.0f} s.")
        if words := self.child.last_lines(5):
            say(words)
        self.due = now + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)


def watch(children: Sequence[Child]) -> None:
    """Until Ctrl-C."""
    watched = [Watched(child, started=time.monotonic()) for child in children]
    while True:
        for one in watched:
            one.tend(time.monotonic())
        time.sleep(0.2)


def stop(children: Sequence[Child]) -> None:
    """In the order given: what takes new work first, the broker last."""
    for child in children:
        child.stop()


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
