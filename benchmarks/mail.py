"""Mails per second: the outbox with claim, composing and mark, beside smtplib alone.

Run by `bin/bench mail`. The floor is smtplib over one connection with mails that were composed
beforehand, of the same kinds and the same content; ours claims rows, composes, sends and marks
each before the next. Both send to one SMTP server in a process of its own, in turns.
"""

import argparse
import json
import os
import smtplib
import socket
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up first)
from django.utils import timezone  # noqa: E402

from benchmarks.sink import LOOPBACK, counting_sink  # noqa: E402
from notifications.composing import compose  # noqa: E402
from notifications.delivery import deliver_waiting  # noqa: E402
from notifications.models import Message  # noqa: E402
from tests.world import World, build  # noqa: E402

CHUNK = 100
INITIATIVES = 20
TARGET = 0.8
KINDS = ("decision_wanted", "due_soon", "commented", "registered")
SENDER = "thidua@localhost"


def prepare() -> list[Message]:
    """One mail of each kind for each of some initiatives, as the product writes them."""
    world = build()
    return [row for _n in range(INITIATIVES) for row in _letters(world)]


def _letters(world: World) -> list[Message]:
    initiative = world.at("with_head")
    wanted = Message.objects.get(initiative=initiative, kind="decision_wanted")
    rows = []
    for kind in KINDS:
        row = Message.objects.get(pk=wanted.pk)
        row.kind, row.initiative, row.facts = kind, initiative, wanted.facts | {"duty": "decide"}
        rows.append(row)
    return rows


def write(samples: list[Message], count: int) -> None:
    """Fresh rows of the outbox, copied from the samples in turn."""
    now, first = timezone.now(), Message.objects.count()
    rows = [samples[number % len(samples)] for number in range(count)]
    Message.objects.bulk_create(
        Message(
            key=f"bench/{first + number}", kind=row.kind, recipient=row.recipient,
            initiative=row.initiative, facts=row.facts, created_at=now, not_before=now,
        )
        for number, row in enumerate(rows)
    )  # fmt: skip


def floor(mails: list[tuple[str, bytes]]) -> float:
    """Seconds for smtplib to send these over one connection."""
    begin = time.perf_counter()
    with smtplib.SMTP(LOOPBACK, settings.EMAIL_PORT) as server:
        for recipient, content in mails:
            server.sendmail(SENDER, [recipient], content)
    return time.perf_counter() - begin


def ours(count: int) -> float:
    """Seconds for the outbox to send everything that waits."""
    begin = time.perf_counter()
    sent = deliver_waiting(timezone.now)
    spent = time.perf_counter() - begin
    assert sent == count, f"{sent} of {count}"
    return spent


def measure(count: int) -> dict[str, float]:
    samples = prepare()
    Message.objects.all().delete()
    composed = [(row.recipient.email, compose(row).content) for row in samples]
    spent = {"floor": 0.0, "ours": 0.0}
    with counting_sink(settings.EMAIL_PORT) as taken:
        for sent in range(-CHUNK, count, CHUNK):  # the first chunk warms up both
            write(samples, CHUNK)
            batch = [composed[number % len(composed)] for number in range(CHUNK)]
            times = {"floor": floor(batch), "ours": ours(CHUNK)}
            for name, seconds in times.items():
                spent[name] += seconds if sent >= 0 else 0
        assert taken.value == 2 * (count + CHUNK), f"{taken.value} arrived"
    rates = {name: round(count / seconds, 1) for name, seconds in spent.items()}
    return rates | {"ratio_to_floor": round(spent["floor"] / spent["ours"], 3), "mails": count}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mails", type=int, default=2_000)
    given = parser.parse_args()
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    result = measure(given.mails)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:16} {value}")
    print(f"target           ≥ {TARGET} × the floor")


if __name__ == "__main__":
    main()
