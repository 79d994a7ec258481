"""Messages live and die with the change they tell of, and no broker can hold a change up."""

import os
import subprocess
import sys

import pytest
from django.db import transaction

from lib.machine import ROOT
from notifications.models import Message
from notifications.outbox import enqueue, message

pytestmark = pytest.mark.both_databases


def test_one_event_tells_one_person_once(world):
    for _again in range(3):
        enqueue([message("event", "registered", world.author, world.now)])
    assert Message.objects.count() == 1


def test_a_change_that_is_taken_back_tells_nobody(world):
    initiative = world.draft()
    with transaction.atomic():
        world.do("author", "submit", initiative)
        assert Message.objects.exists()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


BROKEN_BROKER = """
import logging, threading, time, django
django.setup()
from notifications.nudge import nudge
given_up = threading.Event()
logging.getLogger("people.waking").addFilter(lambda record: given_up.set() or True)
begin = time.monotonic()
for _again in range(100):
    nudge()
print(time.monotonic() - begin)
given_up.wait(30)
"""


def test_a_broker_that_is_away_neither_fails_nor_delays_a_change():
    nudged = subprocess.run(
        [sys.executable, "-c", BROKEN_BROKER],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert float(nudged.stdout) < 0.5
    assert "no worker was woken for notifications.tasks.deliver" in nudged.stderr
