"""A mark is on its way at once, and committed before anything is built on it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from notifications.delivery import deliver_waiting
from notifications.marks import Marks
from notifications.models import Message
from tests.notifications.sending import write

QUOTED = "550 \"no\" 'such' mailbox: 100%s — hộp thư"


@pytest.mark.both_databases
def test_what_became_of_a_mail_is_stored_as_it_was(world):
    write(world, 2)
    marks, now, (first, second) = Marks(), timezone.now(), Message.objects.order_by("pk")
    first.attempts, first.sent_at, first.lease_until = 3, now, now
    second.attempts, second.cancelled_at, second.error = 1, now + timedelta(1), QUOTED
    for message in (first, second):
        marks.put(message)
    marks.wait()
    for message in (first, second):
        stored = Message.objects.get(pk=message.pk)
        assert stored.lease_until is None
        for name in ("attempts", "sent_at", "cancelled_at", "not_before", "error"):
            assert getattr(stored, name) == getattr(message, name), name


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite marks while it is asked")
def test_a_mark_that_fails_says_so_when_it_is_waited_for(world):
    write(world, 1)
    marks, message = Marks(), Message.objects.get()
    message.attempts = 100_000  # more than the column takes
    marks.put(message)
    with pytest.raises(DatabaseError):
        marks.wait()
    marks.wait()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite marks while it is asked")
def test_without_waiting_nothing_else_can_be_asked(world):
    """Why every batch, and every way out of one, ends with `wait`."""
    write(world, 1)
    marks, message = Marks(), Message.objects.get()
    marks.put(message)
    with pytest.raises(DatabaseError):
        Message.objects.count()
    marks.wait()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares nothing")
def test_a_rollback_between_two_shifts_does_no_harm(committed_world, mailbox):
    """psycopg drops what a connection has prepared with every rollback; and nothing piles up."""
    for _shift in range(2):
        write(committed_world, 3)
        assert deliver_waiting(timezone.now) == 3
        with pytest.raises(KeyError), transaction.atomic():
            raise KeyError
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name LIKE 'thidua_mark%'")
        assert not cursor.fetchall()


def test_behind_a_pooler_nothing_is_prepared(world, mailbox, monkeypatch):
    write(world, 3)
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None, raising=False)
    assert deliver_waiting(timezone.now) == 3
    assert not Message.objects.filter(sent_at=None).exists()
