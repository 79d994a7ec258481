"""Every status × everything that can happen to an export: where it leads, or that it does not."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from people.leases import NotOurs
from reports.exporting import asking
from reports.exporting.claims import Hold, claim
from reports.models import Export
from reports.models.export import LIVING, MOVES, Status
from tests.reports.exports import ALL, after_the_lease

pytestmark = pytest.mark.both_databases


def put(world, status, **changes):
    """A row as it is found in this status."""
    facts = {
        "asked_by": world.clerk, "movement": world.movement, "year": world.round.year,
        "parts": ALL, "asked_at": world.now, "status": status,
    }  # fmt: skip
    if status != Status.WAITING:
        facts |= {"holder": "a" * 32, "slot": 0, "lease_until": world.now + timedelta(minutes=1)}
    if status == Status.DONE:
        facts["expires_at"] = world.now + timedelta(days=3)
    return Export.objects.create(**facts | changes)


def ended(world, export, status):
    try:
        Hold(export, lambda: world.now).end(status)
    except NotOurs:
        return


EVENTS = {
    "a worker asks": lambda world, export: claim(world.now),
    "a worker asks after the lease": lambda world, export: claim(after_the_lease(world.now)),
    "it is cancelled": lambda world, export: asking.cancel(export, world.now),
    "its worker finishes": lambda world, export: ended(world, export, Status.DONE),
    "its worker fails": lambda world, export: ended(world, export, Status.FAILED),
    "its worker is stopped": lambda world, export: Hold(export, lambda: world.now).give_back(),
    "its time has run out": lambda world, export: asking.expire(world.now + timedelta(days=9)),
    "its file is gone": lambda world, export: asking.lose(export),
}
LEADS = {
    (Status.WAITING, "a worker asks"): Status.RUNNING,
    (Status.WAITING, "a worker asks after the lease"): Status.RUNNING,
    (Status.WAITING, "it is cancelled"): Status.CANCELLED,
    (Status.RUNNING, "a worker asks after the lease"): Status.RUNNING,
    (Status.RUNNING, "it is cancelled"): Status.CANCELLED,
    (Status.RUNNING, "its worker finishes"): Status.DONE,
    (Status.RUNNING, "its worker fails"): Status.FAILED,
    (Status.RUNNING, "its worker is stopped"): Status.WAITING,
    (Status.DONE, "its time has run out"): Status.EXPIRED,
    (Status.DONE, "its file is gone"): Status.EXPIRED,
}
"""Whatever is not here changes nothing."""


@pytest.mark.parametrize(("status", "event"), list(product(Status, EVENTS)))
def test_an_event_leads_where_the_table_says(status, event, world):
    export = put(world, status)
    EVENTS[event](world, export)
    before = (export.holder, export.lease_until)
    export.refresh_from_db()
    assert export.status == LEADS.get((status, event), status)
    if (status, event) not in LEADS:
        assert (export.holder, export.lease_until) == before


def test_the_table_uses_every_move_and_no_other():
    used = {(status, to) for (status, _event), to in LEADS.items()}
    assert used == {(status, to) for status, targets in MOVES.items() for to in targets}
    assert set(MOVES) == set(Status)


def test_what_three_workers_died_of_is_given_up(world):
    export, now = put(world, Status.WAITING), world.now
    for _worker in range(3):
        assert claim(now)
        now = after_the_lease(now)
    assert claim(now) is None
    export.refresh_from_db()
    assert (export.status, export.reason) == (Status.FAILED, "lost")


@pytest.mark.parametrize("status", LIVING)
def test_a_person_has_one_at_a_time(status, world):
    put(world, status)
    with pytest.raises(asking.Busy):
        asking.ask(world.clerk, world.movement, world.round.year, ALL, world.now)
    assert asking.ask(world.principal, world.movement, world.round.year, ALL, world.now)


@pytest.mark.parametrize("status", [one for one in Status if one not in LIVING])
def test_an_ended_one_is_in_nobodys_way(status, world):
    put(world, status)
    assert asking.ask(world.clerk, world.movement, world.round.year, ALL, world.now)


def test_so_many_wait_and_no_more(world, monkeypatch):
    monkeypatch.setattr(asking, "MOST_WAITING", 1)
    put(world, Status.WAITING)
    with pytest.raises(asking.Full):
        asking.ask(world.principal, world.movement, world.round.year, ALL, world.now)


@pytest.mark.parametrize("slots", [1, 2])
def test_so_many_are_made_at_once_as_there_are_slots(slots, world, settings):
    settings.EXPORTS_AT_ONCE = slots
    for who in ("clerk", "principal", "secretary"):
        put(world, Status.WAITING, asked_by=world.people[who])
    assert sum(claim(world.now) is not None for _worker in range(4)) == slots


def test_the_database_refuses_a_slot_twice(world):
    put(world, Status.RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(world, Status.RUNNING, asked_by=world.principal)


def test_the_longest_waiting_is_first_and_the_orphaned_before_it(world):
    later = put(world, Status.WAITING, asked_at=world.now + timedelta(minutes=1))
    first = put(world, Status.WAITING, asked_by=world.principal)
    taken = claim(world.now)
    again = claim(after_the_lease(world.now))
    assert taken
    assert again
    assert (taken.pk, taken.lost) == (first.pk, 0)
    assert (again.pk, again.lost) == (first.pk, 1)
    later.refresh_from_db()
    assert later.status == Status.WAITING
