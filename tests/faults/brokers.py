"""Redis is killed, emptied and frozen. The database holds everything, so nothing is lost."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from celery import Celery
from kombu import Connection
from redis import Redis

from notifications.models import Message
from tests.faults.clients import Submitter, write_down_changes
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome, everything_told
from tests.faults.school import owe, sweeping, told, undelivered, write_down_mails
from workflow.models import Initiative

P95 = 2.0


def broker_kills(lab: Lab, kills: int, *, control: bool) -> Outcome:
    if control:
        return _mails_as_tasks(lab, lambda: lab.kill_broker(down=0.5))
    lab.worker()
    lab.beat()
    items: list[int] = []
    for _kill in range(kills):
        items += owe(50)
        lab.wait(lab.random.uniform(0, 1))
        lab.kill_broker(down=lab.random.uniform(0, 1))
    facts = f"{kills} kills, {lab.keeper.restarts} restarts of a worker or beat"
    return everything_told(lab, items, facts=facts)


def broker_flushes(lab: Lab, flushes: int, *, control: bool) -> Outcome:
    """Everything in Redis deleted while a sweep is at work."""
    flush = partial(_flush, lab)
    if control:
        return _mails_as_tasks(lab, flush)
    lab.worker()
    lab.beat()
    items: list[int] = []
    mid_sweep = 0
    for _flush_number in range(flushes):
        new = owe(600)
        items += new
        caught = lab.until(sweeping, 90, 0.001)
        flush()
        mid_sweep += caught and told(new) < len(new)
    facts = f"{flushes} flushes, {mid_sweep} of them mid-sweep"
    return everything_told(lab, items, facts=facts)


def _flush(lab: Lab) -> None:
    Redis.from_url(lab.broker.url).flushall()


def _mails_as_tasks(lab: Lab, break_broker: Callable[[], None]) -> Outcome:
    """The control: a task per mail, in a broker without a log. What it forgets is lost."""
    from approvals.tasks import sweep

    owe(200)
    sweep()
    with Connection(lab.broker.url) as connection:
        for key in Message.objects.values_list("pk", flat=True):
            Celery().send_task("tests.faults.unprotected.send_one", [key], connection=connection)
    break_broker()
    lab.worker()
    lab.until(lambda: not undelivered(), 8)
    write_down_mails(lab.history)
    mails = lab.history.verdict("mail")
    return Outcome(mails.holds(), f"mails: {mails}")


def broker_frozen(lab: Lab, seconds: int, *, control: bool) -> Outcome:
    """Submissions over HTTP while Redis neither answers nor refuses.

    The same people first submit without the fault: a machine that is too slow for two seconds even
    then may take twice as long. The control publishes on the request's path.
    """
    url = lab.web("tests.faults.blocking:application" if control else "config.wsgi:application")
    lab.worker()
    lab.beat()
    drafts = list(Initiative.objects.filter(state="draft").values_list("pk", flat=True))
    drafts = drafts[: 16 if lab.quick else 120]
    before = len(drafts) // 2 if lab.quick else 20
    clients = [Submitter(url, "author", lab.history) for _client in range(4)]
    for client in clients:
        client.warm_up()
    usual = _p95(_submit_all(lab, clients, drafts[:before], 0 if lab.quick else 20))
    lab.freeze_broker(True)
    begin = time.monotonic()
    Submitter(url, "head", lab.history)
    signed_in = time.monotonic() - begin
    frozen = _p95(_submit_all(lab, clients, drafts[before:], seconds))
    lab.wait(begin + seconds - time.monotonic())
    lab.freeze_broker(False)
    lab.until(lambda: not undelivered(), lab.settling)
    write_down_mails(lab.history)
    write_down_changes(lab.history)
    mails, changes = lab.history.verdict("mail"), lab.history.verdict("change")
    slow = max(frozen, signed_in) >= max(P95, 2 * usual)
    words = (
        f"frozen {seconds} s, p95 {frozen:.2f} s (before: {usual:.2f}), sign-in {signed_in:.1f} s; "
        f"submissions: {changes}; mails: {mails}"
    )
    whole = changes.promised == len(drafts) and changes.holds() and mails.holds()
    return Outcome(whole and not slow, words)


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20, method="inclusive")[-1]


def _submit_all(
    lab: Lab, clients: list[Submitter], drafts: list[int], seconds: float
) -> list[float]:
    """By all clients at once, spread over so many seconds; how long each submission took."""
    with ThreadPoolExecutor(len(clients)) as pool:
        shares = [
            pool.submit(_submit_over, client, drafts[number :: len(clients)], seconds)
            for number, client in enumerate(clients)
        ]
        lab.until(lambda: all(share.done() for share in shares), 10 * seconds + 120)
        return [second for share in shares for second in share.result()]


def _submit_over(client: Submitter, drafts: list[int], seconds: float) -> list[float]:
    took = []
    for draft in drafts:
        begin = time.monotonic()
        client.change(draft, "submit")
        took.append(time.monotonic() - begin)
        time.sleep(max(0.0, 0.9 * seconds / len(drafts) - took[-1]))
    return took
