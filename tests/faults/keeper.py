"""Starts again what died, as a supervisor does, and knows a worker's children."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from lib.processes import Child

GRACE = 1.0
"""Seconds before a process that died is started again."""


@dataclass
class Kept:
    child: Child
    died: float | None = None


@dataclass
class Keeper:
    kept: list[Kept] = field(default_factory=list)
    restarts: int = 0

    def start(self, child: Child) -> None:
        child.start()
        self.kept.append(Kept(child))

    def stop(self, child: Child) -> None:
        self.kept = [one for one in self.kept if one.child is not child]
        child.stop()

    def tend(self) -> None:
        """From the main thread alone: a child dies with the thread that forked it."""
        for one in self.kept:
            if one.died is None and not one.child.alive:
                one.child.kill()
                one.died = time.monotonic()
            elif one.died is not None and time.monotonic() > one.died + GRACE:
                one.child.start()
                self.restarts += 1
                one.died = None


def pool_children(worker: Child) -> list[int]:
    """The processes that run tasks, children of the worker's main one."""
    if worker.process is None:
        return []
    try:
        pid = worker.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
