"""A Celery worker is killed in the midst of a dossier; another one lets the rest follow."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from approvals import dates
from approvals.shifts import Scope, fingerprint
from config.celery import app
from lib.machine import ROOT
from tests.own_broker import own_broker
from workflow import audit
from workflow.calendars import enter
from workflow.deadlines import last_day
from workflow.models import AuditEntry, DateChange, DayKind, Follower, WorkItem

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several processes write at once"),
]
DOSSIERS, DONE = 6, 2
FRIDAY = date(2025, 3, 7)
WORKER = """
import sys, time
import django
django.setup()
from approvals import following
from approvals.moves import items
from config.celery import app
from workflow.models import Follower
{change}
app.worker_main(["worker", "--pool", "solo", "--without-gossip", "--without-mingle"])
"""
STOPS = f"""
begun, move = [], items.follow
def stops(case):
    begun.append(case)
    if len(begun) > {DONE}:
        print("in the middle", file=sys.__stdout__, flush=True)
        time.sleep(600)
    return move(case)
items.follow = stops
"""
FORGETFUL = """
follow = following.follow
def forgets(change, initiative_id, now):
    Follower.objects.filter(initiative=initiative_id).delete()
    return follow(change, initiative_id, now)
following.follow = forgets
"""
"""The control: what is taken in hand is struck off the list before it is done."""


@pytest.fixture
def broker():
    return own_broker()


@pytest.fixture
def changed(committed_world, monkeypatch):
    """Wednesday is closed, and so Friday is the last day of everything that waits."""
    monkeypatch.setattr(dates, "IN_THE_REQUEST", 1)
    monkeypatch.setattr(dates, "wake", lambda task: None)
    world = committed_world
    for _each in range(DOSSIERS):
        world.at("with_head")
    school, now = Scope(world.units["school"]), world.now
    days: dict[date, str] = {date(2025, 3, 5): DayKind.OFF}

    def close():
        enter(school.unit, days, "Bão số 5", world.administrator, now)

    seen = fingerprint(dates.preview(close, school, now))
    dates.carry_out(close, school, world.administrator, now, "Bão số 5", seen)
    return world


@pytest.fixture
def start(broker):
    workers = []

    def started(change=""):
        place = connection.settings_dict
        account = f"{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"postgres://{account}/{place['NAME']}",
            "CELERY_BROKER_URL": broker,
            "SECRET_KEY": settings.SECRET_KEY,
        }
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER.format(change=change)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        workers.append(worker)
        wake(broker)
        return worker

    yield started
    for worker in workers:
        worker.kill()
        worker.wait()
        worker.stdout and worker.stdout.close()


def wake(broker):
    with app.connection_for_write(broker) as line:
        app.send_task(dates.WORKER, connection=line)


def kill_in_the_middle(worker):
    assert any("in the middle" in said for said in worker.stdout)
    worker.kill()
    worker.wait()


def followed():
    entries = AuditEntry.objects.filter(action="reschedule")
    return Counter(entries.values_list("initiative", flat=True))


def go_on(start, wait_until):
    """As after the lease; the beat wakes the worker."""
    DateChange.objects.update(lease_until=timezone.now())
    start()
    wait_until(lambda: DateChange.objects.get().finished_at)


@pytest.fixture
def wait_until():
    def wait(done, seconds=60):
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "the worker did not come to an end"
            time.sleep(0.05)

    return wait


def test_what_a_killed_worker_left_follows_once_and_in_whole(changed, start, wait_until):
    kill_in_the_middle(start(STOPS))
    assert followed().total() == DONE
    assert Follower.objects.count() == DOSSIERS - DONE
    go_on(start, wait_until)
    assert set(followed().values()) == {1}
    assert len(followed()) == DOSSIERS
    assert {last_day(item.due_at) for item in WorkItem.objects.open()} == {FRIDAY}
    assert list(audit.broken_links()) == []


def test_a_worker_that_strikes_off_first_loses_the_dossier_it_died_with(changed, start, wait_until):
    kill_in_the_middle(start(FORGETFUL + STOPS))
    go_on(start, wait_until)
    assert len(followed()) == DOSSIERS - 1
