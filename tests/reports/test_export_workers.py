"""Workers are processes that die, come twice, and must not fill the memory."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from approvals import vault
from lib.machine import ROOT
from notifications.models import Message
from reports.exporting import store
from reports.exporting.asking import expire
from reports.models import Export
from reports.models.export import Part, Status
from tests.reports.conftest import furnish
from tests.reports.exports import opened, wanted, with_file
from workflow.models import Evidence

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several processes write at once"),
]
WORKER = """
import sys
import django
django.setup()
from django.utils import timezone
from people import leases
from reports.exporting import archive, claims, work
{change}
print("ready", flush=True)
sys.stdin.readline()
print(work.make_waiting(timezone.now), flush=True)
"""
SLOW = """
import time
leases.SIGN_OF_LIFE = 0
add = archive.Archive.add
def slowly(self, entry):
    add(self, entry)
    print("added", flush=True)
    time.sleep(0.2)
archive.Archive.add = slowly
"""
UNPROTECTED = """
from reports.models import Export
from reports.models.export import LIVING
def claim(now, came=[]):
    if came: return None
    came.append(now)
    Export.objects.filter(status__in=LIVING).update(status="running", holder="0" * 31 + sys.argv[1])
    found = Export.objects.select_related("asked_by", "movement__unit__parent").get()
    found.holder = "0" * 31 + sys.argv[1]
    return found
work.claim = claim
claims.Hold._mine = property(lambda self: Export.objects.filter(pk=self.row.pk))
"""
"""The control: whoever comes makes what is there, and nobody asks whose it is."""


@pytest.fixture
def school_of_processes(committed_world, settings):
    furnish(committed_world)
    committed_world.at("evaluated")
    committed_world.at("evaluated")
    return committed_world


def environment():
    place = connection.settings_dict
    account = f"{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgres://{account}/{place['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
    }


def start(number=1, change=""):
    """A worker that waits for its mark; it writes where the test looks."""
    places = "from django.conf import settings\n"
    for name in ("EXPORTS_ROOT", "EVIDENCE_ROOT"):
        places += f"settings.{name} = {str(getattr(settings, name))!r}\n"
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(change=places + change), str(number)],
        cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


def go(worker):
    worker.stdin.write("\n")
    worker.stdin.flush()


def end(worker):
    """How many exports it made."""
    said, _ = worker.communicate("\n", timeout=240)
    assert worker.returncode == 0
    return int(said.split()[-1])


def test_what_a_killed_worker_left_is_taken_over(school_of_processes):
    wanted(school_of_processes)
    worker = start(change=SLOW)
    go(worker)
    for _document in range(3):
        assert worker.stdout.readline() == "added\n"
    worker.kill()
    worker.communicate()
    export = Export.objects.get()
    first = export.holder
    assert (export.status, export.lost) == (Status.RUNNING, 0)
    assert store.partial(first).exists()
    assert end(start()) == 0  # the lease still holds
    Export.objects.update(lease_until=timezone.now())
    assert end(start()) == 1
    export.refresh_from_db()
    assert (export.status, export.lost) == (Status.DONE, 1)
    assert opened(export).testzip() is None
    expire(timezone.now())
    assert [one.name for one in store.folder().iterdir()] == [export.holder] != [first]


def race(change=""):
    """Three workers at once; how many exports were made."""
    workers = [start(number, SLOW + change) for number in range(3)]
    for worker in workers:
        go(worker)
    return sum(end(worker) for worker in workers)


def test_a_task_delivered_three_times_has_one_effect(school_of_processes):
    wanted(school_of_processes)
    assert race() == 1
    export = Export.objects.get()
    assert export.status == Status.DONE
    assert [one.name for one in store.folder().iterdir()] == [export.holder]
    assert Message.objects.filter(kind="export_done").count() == 1


def test_without_the_claim_it_is_made_more_than_once(school_of_processes):
    wanted(school_of_processes)
    assert race(UNPROTECTED) > 1


def test_one_that_is_cancelled_stops_within_seconds(school_of_processes):
    export = wanted(school_of_processes)
    worker = start(change=SLOW)
    go(worker)
    assert worker.stdout.readline() == "added\n"
    Export.objects.filter(pk=export.pk).move(Status.CANCELLED)
    begin = timezone.now()
    end(worker)
    assert timezone.now() - begin < timedelta(seconds=5)
    assert list(store.folder().iterdir()) == []


SIZE, FILES = 48 * 2**20, 5
MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
MORE = 32 * 1024
"""Kilobytes that a dossier of 240 MB may take beside one of a few."""


def memory(world, size):
    """Kilobytes at most, for evidence files of this size."""
    for stored in Evidence.objects.values_list("stored", flat=True):
        with vault.path(stored).open("r+b") as file:
            file.truncate(size)
    wanted(world, parts=[Part.EVIDENCE])
    change = f"import atexit\natexit.register(lambda: exec({MEMORY!r}))"
    worker = start(change=change)
    said, _ = worker.communicate("\n", timeout=240)
    made, kilobytes = said.split()
    assert made == "1"
    return int(kilobytes)


def test_the_memory_stays_flat_however_large_the_files_are(school_of_processes):
    world = school_of_processes
    initiative = world.at("in_progress")
    for number in range(FILES):
        with_file(world, initiative, f"{number}.txt", f"Biên bản {number}".encode())
    small = memory(world, 100)
    large = memory(world, SIZE)
    assert Export.objects.latest("pk").status == Status.DONE
    assert Export.objects.latest("pk").missing == FILES  # they are not what was submitted
    assert large < small + MORE, f"{small} kB, then {large} kB"
