"""Workers are killed: a child of the pool, or all of it at once."""

import os
import signal
import time

from lib.processes import Child
from notifications.models import Message
from tests.faults.lab import Lab, pool_children
from tests.faults.outcome import Outcome, everything_told
from tests.faults.school import drop_unique_keys, owe, undelivered

ITEMS_A_KILL = 25
RESUMED_WITHIN = 90.0


def child_kills(lab: Lab, kills: int, *, control: bool) -> Outcome:
    """Late work in waves, and one child killed at a random instant of each."""
    if control:
        drop_unique_keys()
    worker = lab.worker()
    lab.beat()
    items: list[int] = []
    for _kill in range(kills):
        items += owe(ITEMS_A_KILL)
        lab.wait(lab.random.uniform(0.1, 0.8))
        _kill_child(lab, worker)
    return everything_told(lab, items, doubles=kills, facts=f"{kills} kills")


def _kill_child(lab: Lab, worker: Child) -> None:
    if children := pool_children(worker):
        os.kill(lab.random.choice(children), signal.SIGKILL)


def group_kills(lab: Lab, kills: int, *, control: bool) -> Outcome:
    """The worker and all its children killed at work; a supervisor starts it again.

    The control has no beat: what the dead worker held would come back after ten minutes.
    """
    worker = lab.worker()
    items = owe(kills * 100)
    beat = lab.beat()
    lab.until(lambda: len(lab.sink.accepted) > 0, 120)
    if control:
        lab.stop(beat)
    waits = []
    for _kill in range(kills):
        if undelivered() < 200:
            items += owe(200)
        lab.wait(lab.random.uniform(0.1, 0.6))
        worker.kill()
        waits.append(_resumed(lab))
        if waits[-1] > lab.patience(RESUMED_WITHIN):
            break
    facts = f"{len(waits)} group kills, resumed within {max(waits):.1f} s"
    within = max(waits) <= lab.patience(RESUMED_WITHIN)
    outcome = everything_told(lab, items, doubles=2 * kills, facts=facts, wait=within)
    return outcome.but(within)


def _resumed(lab: Lab) -> float:
    """Seconds until the next mail arrives."""
    begin, already = time.monotonic(), len(lab.sink.accepted)
    lab.until(lambda: len(lab.sink.accepted) > already, lab.patience(RESUMED_WITHIN) + 1, 0.05)
    return time.monotonic() - begin
