"""PostgreSQL stops at once under load: what was answered is there, and nothing is half done."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.models import Exists, OuterRef

from lib.services import MANAGE
from tests.faults.clients import Submitter, write_down_changes
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome
from tests.faults.school import undelivered, write_down_mails
from workflow.models import AuditEntry, Initiative, WorkItem

CLIENTS = 6


def database_stops(lab: Lab, stops: int, *, control: bool) -> Outcome:
    """The control answers before the log is on disk (`synchronous_commit` off)."""
    if control:
        _answer_before_writing()
    url = lab.web()
    lab.worker()
    lab.beat()
    drafts = list(Initiative.objects.filter(state="draft").values_list("pk", flat=True))
    enough = threading.Event()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [
            pool.submit(_press, Submitter(url, "author", lab.history), drafts[n::CLIENTS], enough)
            for n in range(CLIENTS)
        ]
        try:
            for _stop in range(stops):
                lab.wait(lab.random.uniform(1, 3))
                lab.stop_postgres_at_once()
            lab.wait(2)
        finally:
            enough.set()
        lab.until(lambda: all(client.done() for client in clients), 120)
        pressed = sum(client.result() for client in clients)
    return _read(lab, stops, f"{stops} stops under {pressed} changes")


def _answer_before_writing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        cursor.execute("ALTER DATABASE faults SET synchronous_commit = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def _press(client: Submitter, drafts: list[int], enough: threading.Event) -> int:
    """Submit and recall, in turn, until told to stop; returns the number of changes.

    Where an answer was lost for good, the next press may be refused: then the turn passes on.
    """
    done = turn = 0
    while not enough.is_set():
        draft = drafts[turn // 2 % len(drafts)]
        done += client.insist(draft, ("submit", "recall")[turn % 2]) == "ok"
        turn += 1
        time.sleep(0.02)
    return done


def _read(lab: Lab, stops: int, facts: str) -> Outcome:
    connection.close()
    lab.until(lambda: not undelivered(), lab.settling, 1)
    write_down_changes(lab.history)
    write_down_mails(lab.history)
    changes, mails = lab.history.verdict("change"), lab.history.verdict("mail")
    verified = subprocess.run(
        [sys.executable, MANAGE, "verify_audit"], env=lab.environment, capture_output=True,
        check=False,
    )  # fmt: skip
    half = _half_done()
    words = f"{facts}; changes: {changes}; mails: {mails}; half done: {half}"
    audit = "audit holds" if verified.returncode == 0 else "AUDIT BROKEN"
    whole = not half and verified.returncode == 0
    # A sender cut off between sending and marking repeats its mail: two senders, at each stop.
    told_once = mails.holds(doubles=2 * stops)
    return Outcome(changes.holds() and told_once and whole, f"{words}; {audit}")


def _half_done() -> int:
    """A pending submission whose step nobody has, or a step of what is not pending."""
    open_steps = WorkItem.objects.filter(closed_at=None, duty="decide")
    with_step = Exists(open_steps.filter(submission=OuterRef("pending")))
    waiting = Initiative.objects.filter(pending__isnull=False)
    untold = AuditEntry.objects.filter(action="submit").exclude(
        initiative__messages__kind="decision_wanted"
    )
    return (
        waiting.exclude(with_step).count()
        + open_steps.filter(submission__pending_for=None).count()
        + untold.count()
    )
