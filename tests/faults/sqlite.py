"""SQLite with eight writers and a worker; the control takes its write lock late (DEFERRED)."""

import json

from lib.environment import PYTHON
from lib.processes import Child, Command, require
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome
from tests.faults.writers import WRITERS

DRAFTS = WRITERS * 3
LOCKED = "database is locked"


def sqlite(lab: Lab, minutes: float, *, control: bool) -> Outcome:
    lab.database_url = f"sqlite:///{lab.folder / 'thidua.sqlite3'}"
    if control:
        lab.changed["transaction_mode"] = "DEFERRED"
    seed: Command = [PYTHON, "-m", "tests.faults.seed", str(DRAFTS)]
    require(Child("seed", seed, lab.environment, lab.folder / "seed.log"), "Seeding SQLite")
    lab.worker()
    lab.beat()
    results = [lab.folder / f"writer{number}.json" for number in range(WRITERS)]
    writers = [
        lab.program("tests.faults.writers", str(number), str(minutes * 60), str(result))
        for number, result in enumerate(results)
    ]
    finished = lab.until(lambda: not any(map(_runs, writers)), minutes * 60 + 60)
    found = [json.loads(result.read_text()) for result in results if result.exists()]
    done, locked = (sum(one[name] for one in found) for name in ("done", "locked"))
    said = (lab.folder / "worker.log").read_text().count(LOCKED)
    words = (
        f"{WRITERS} writers, {minutes:g} min: {done} changes, {len(lab.sink.accepted)} mails, "
        f'"{LOCKED}": {locked} to writers, {said} in the worker'
    )
    outcome = Outcome(done > 0 and len(lab.sink.accepted) > 0 and not locked + said, words)
    if finished and len(found) == WRITERS:
        return outcome
    return outcome.but(False, f"{len(found)} of {WRITERS} came to their end; {_last_words(lab)}")


def _last_words(lab: Lab) -> str:
    return (lab.folder / "own.log").read_text().strip().rpartition("\n")[2]


def _runs(child: Child) -> bool:
    return child.alive
