"""Workers are killed: a child of the pool, or all of it at once."""

import os
import signal
import time

from notifications.models import Escalation
from tests.faults.keeper import pool_children
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome, everything_told
from tests.faults.school import drop_unique_keys, owe, undelivered

RESUMED_WITHIN = 90.0
CUT_SHORT = "raised error: WorkerLostError"


def child_kills(lab: Lab, kills: int, *, control: bool) -> Outcome:
    """A backlog and late work in waves, 25 items a kill; each kill once the work goes on again."""
    if control:
        drop_unique_keys()
    worker = lab.worker()
    lab.beat()
    items = owe(13 * kills)
    for _kill in range(kills):
        items += owe(12)
        _work_goes_on(lab)
        lab.wait(lab.random.uniform(0, 0.4))
        if children := pool_children(worker):
            os.kill(lab.random.choice(children), signal.SIGKILL)
    outcome = everything_told(lab, items, doubles=kills)
    cut = (lab.folder / "worker.log").read_text().count(CUT_SHORT)
    words = f"{kills} kills, {cut} tasks cut short, {lab.keeper.restarts} restarts of a worker"
    return outcome.but(cut > 0 or control, words)


def _work_goes_on(lab: Lab) -> None:
    """A worker whose children die before it is up ends by itself: that is another test."""
    already = _progress(lab)
    lab.until(lambda: _progress(lab) > already, 60, 0.02)


def _progress(lab: Lab) -> int:
    return len(lab.sink.accepted) + Escalation.objects.count()


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
        lab.wait(lab.random.uniform(0.1, 0.6))
        if undelivered() < 200:  # or no mail might be left to show that it goes on
            items += owe(200)
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
