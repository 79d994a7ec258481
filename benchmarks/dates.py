"""A closure for the whole Sở that moves 100,000 open items: what the person waits for, and how fast
the dossiers follow.

Run by `bin/bench dates`. Two previews, because the second finds what the first has left in memory;
the save, which commits with a row for each dossier; then one worker, for some of them.
"""

import argparse
import json
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402 (Django must be set up first)
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from approvals import dates, following  # noqa: E402
from approvals.shifts import Scope, fingerprint  # noqa: E402
from benchmarks.open_items import fill, working_day_after  # noqa: E402
from notifications import nudge, sweep  # noqa: E402
from notifications.default_ladder import give_default_ladder  # noqa: E402
from people import waking  # noqa: E402
from people.grants import appoint  # noqa: E402
from people.models import Membership, Unit, User  # noqa: E402
from people.roles import Role  # noqa: E402
from workflow.calendars import enter  # noqa: E402
from workflow.deadlines import local_day  # noqa: E402
from workflow.models import DateChange, DayKind, Follower, Movement  # noqa: E402

BATCHES = 4


class Bench:
    """One administrator of the Sở, and a storm tomorrow."""

    def __init__(self, unit: Unit) -> None:
        self.now = timezone.now()
        self.scope = Scope(unit)
        self.user = User.objects.create(email="quantri@so.example", full_name="Quản trị Sở")
        began = local_day(self.now)
        office = Membership(user=self.user, unit=unit, role=Role.ADMINISTRATOR, starts_on=began)
        appoint([office])

    def close(self) -> None:
        day = local_day(working_day_after(self.now))
        enter(self.scope.unit, {day: DayKind.OFF}, "Bão số 5", self.user, self.now)

    def preview(self) -> tuple[tuple[float, float], int, str]:
        """Seconds, and those of this process's processor; statements; the fingerprint."""
        begin, spent = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as queries:
            found = dates.preview(self.close, self.scope, self.now)
        seen = fingerprint(found)
        assert len(found) > 0
        self.moved = len(found)
        taken = time.perf_counter() - begin, time.process_time() - spent
        return taken, len(queries), seen

    def save(self, seen: str) -> float:
        begin = time.perf_counter()
        _moved, change = dates.carry_out(
            self.close, self.scope, self.user, self.now, "Bão số 5", seen
        )
        assert change
        assert change.total == Follower.objects.count()
        return time.perf_counter() - begin


def follow() -> float:
    """Dossiers a second, by one worker."""
    before, begin = Follower.objects.count(), time.perf_counter()
    for _batch in range(BATCHES):
        following.follow_waiting(timezone.now)
    return (before - Follower.objects.count()) / (time.perf_counter() - begin)


def measure(size: int) -> dict[str, object]:
    unit = fill(timezone.now(), size)
    give_default_ladder(Movement.objects.get())
    bench = Bench(unit)
    first, statements, _seen = bench.preview()
    second, _statements, seen = bench.preview()
    saved = bench.save(seen)
    begin = time.perf_counter()
    climbed = sweep.climb(timezone.now())
    swept = time.perf_counter() - begin
    per_second = follow()
    change = DateChange.objects.get()
    return {
        "items_moved": bench.moved,
        "dossiers": change.total,
        "preview_seconds": [round(seconds, 2) for seconds, _cpu in (first, second)],
        "preview_cpu_seconds": [round(cpu, 2) for _seconds, cpu in (first, second)],
        "preview_statements": statements,
        "save_seconds": round(saved, 2),
        "sweep_seconds": round(swept, 2),
        "climbed_meanwhile": climbed,
        "followed_a_second": round(per_second),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--initiatives", type=int, default=100_000)
    given = parser.parse_args()
    nudge._publish_forever = lambda: None  # there is no worker to be woken
    waking.publish = lambda task, expires: None
    result = measure(given.initiatives)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
