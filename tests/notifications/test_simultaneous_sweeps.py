"""Many sweeps at once, or one that dies: each rung once, with its messages or not at all."""

import threading
from contextlib import closing

import pytest
from django.db import connection

from notifications import sweep
from notifications.models import Escalation, Message
from people import dialect

MANY = 7
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


@pytest.fixture
def late(committed_world, monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 2)
    for _number in range(MANY):
        committed_world.at("in_progress")
    committed_world.later(days=400)
    return committed_world


def in_threads(world, count=2) -> None:
    def climb() -> None:
        with closing(connection):
            sweep.climb(world.now)

    threads = [threading.Thread(target=climb) for _sweep in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def written() -> tuple[int, int]:
    return Escalation.objects.count(), Message.objects.filter(kind="escalated").count()


@on_postgresql
def test_sweeps_that_run_at_once_share_the_work(late):
    in_threads(late, 4)
    assert written() == (MANY, MANY)


@on_postgresql
def test_a_sweep_leaves_alone_what_another_holds_and_does_not_wait(late, monkeypatch):
    tell, other_is_done = sweep._tell, threading.Event()

    def slowly(*arguments) -> None:
        if not other_is_done.is_set():
            other_is_done.set()
            sweep_elsewhere = threading.Thread(target=in_threads, args=(late, 1))
            sweep_elsewhere.start()
            sweep_elsewhere.join(20)
            assert not sweep_elsewhere.is_alive()
        tell(*arguments)

    monkeypatch.setattr(sweep, "_tell", slowly)
    sweep.climb(late.now)
    assert written() == (MANY, MANY)


@on_postgresql
def test_without_the_key_and_the_locks_two_sweeps_repeat_each_other(late, monkeypatch):
    """The control: both read before either has committed."""
    monkeypatch.setitem(dialect.WORDS["postgresql"], "skip_locked", "")
    monkeypatch.setattr(sweep, "BATCH", 100)
    tell, both_have_read = sweep._tell, threading.Barrier(2)

    def together(*arguments) -> None:
        both_have_read.wait(20)
        tell(*arguments)

    monkeypatch.setattr(sweep, "_tell", together)
    (once,) = Escalation._meta.constraints
    with connection.schema_editor() as editor:
        editor.remove_constraint(Escalation, once)
    try:
        in_threads(late)
        assert written() == (2 * MANY, 2 * MANY)
    finally:
        Escalation.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Escalation, once)


@pytest.mark.both_databases
def test_a_sweep_that_dies_leaves_no_rung_without_its_messages(late, monkeypatch):
    tell, batches = sweep._tell, []

    def die_in_the_third(*arguments) -> None:
        batches.append(arguments)
        tell(*arguments)
        if len(batches) == 3:
            raise SystemExit

    monkeypatch.setattr(sweep, "_tell", die_in_the_third)
    with pytest.raises(SystemExit):
        sweep.climb(late.now)
    assert written() == (4, 4)
    monkeypatch.setattr(sweep, "_tell", tell)
    assert sweep.climb(late.now) == MANY - 4
    assert written() == (MANY, MANY)


@pytest.mark.both_databases
def test_more_than_a_batch_that_came_due_at_one_instant_is_climbed(late):
    assert sweep.climb(late.now) == MANY
    assert sweep.climb(late.now) == 0
