"""Senders are processes that die: no mail is lost, and a kill repeats one mail at most."""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from lib.machine import LOOPBACK, ROOT
from notifications.models import Message
from notifications.outbox import enqueue, message
from tests.mailbox import Mailbox

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several processes write at once"),
]
MAILS, KILLS = 90, 4
SENDER = """
import django
django.setup()
from django.utils import timezone
from notifications import delivery
{change}
delivery.deliver_waiting(timezone.now)
"""
MARK_LATE = """
unmarked = []
delivery.Marks.put = lambda self, message: unmarked.append(message)
"""
"""The control: what was sent is marked some day, and not before the next mail."""


class SlowMailbox(Mailbox):
    """Slow enough that a kill meets the sender at work."""

    async def handle_DATA(self, *about) -> str:
        await asyncio.sleep(0.02)
        return await super().handle_DATA(*about)


@pytest.fixture
def mailbox(committed_world):
    enqueue(
        message(f"event {number}", "weekly_digest", committed_world.head, timezone.now(), count=1)
        for number in range(MAILS)
    )
    with SlowMailbox.open() as opened:
        yield opened


def start(mailbox: Mailbox, change: str = "") -> subprocess.Popen[bytes]:
    place = connection.settings_dict
    account = f"{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgres://{account}/{place['NAME']}",
        "EMAIL_HOST": LOOPBACK,
        "EMAIL_PORT": str(mailbox.port),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    code = SENDER.format(change=change)
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)


def kill_at_work(mailbox: Mailbox, change: str = "") -> None:
    """Kill a sender after some mails, and let five minutes pass for what it had claimed."""
    before, sender = len(mailbox.mails), start(mailbox, change)
    mailbox.wait_for(before + 5, seconds=60)
    assert len(mailbox.mails) >= before + 5, "the sender did not come to work"
    time.sleep(0.013)
    sender.kill()
    sender.wait()
    Message.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now())


def repeated(mailbox: Mailbox) -> int:
    ids = Counter(mail["Message-ID"] for mail in mailbox.mails)
    return ids.total() - len(ids)


def test_a_kill_loses_nothing_and_repeats_one_mail_at_most(mailbox):
    for _kill in range(KILLS):
        kill_at_work(mailbox)
    assert start(mailbox).wait(120) == 0
    assert not Message.objects.filter(sent_at=None).exists()
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == MAILS
    assert repeated(mailbox) <= KILLS


def test_a_sender_that_marks_late_repeats_more_when_it_is_killed(mailbox):
    kill_at_work(mailbox, MARK_LATE)
    assert start(mailbox).wait(120) == 0
    assert repeated(mailbox) > 1


def test_three_senders_at_once_send_each_mail_once(mailbox):
    senders = [start(mailbox) for _sender in range(3)]
    assert [sender.wait(120) for sender in senders] == [0, 0, 0]
    assert len(mailbox.mails) == MAILS
    assert repeated(mailbox) == 0
