"""A row is one sender's while its lease lasts, and nobody's afterwards."""

import threading
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from notifications import claims, delivery
from notifications.delivery import deliver_waiting
from notifications.marks import Marks
from notifications.models import Message
from tests.notifications.sending import stopped_at, write

MANY = 24


def test_a_leased_message_is_left_alone_until_the_lease_ends(world, mailbox):
    write(world, 1)
    now = timezone.now()
    Message.objects.update(lease_until=now + settings.MAIL_LEASE)
    assert deliver_waiting(stopped_at(now)) == 0
    assert deliver_waiting(stopped_at(now + settings.MAIL_LEASE)) == 1


@pytest.mark.both_databases
def test_what_a_dead_sender_left_is_taken_one_by_one_before_the_rest(world):
    """One of them may be what it died of, and must not take the others along again."""
    write(world, 4)
    now = timezone.now()
    first, second, *rest = Message.objects.order_by("pk").values_list("pk", flat=True)
    Message.objects.filter(pk__in=(first, second)).update(lease_until=now)
    assert [claims.claim(now) for _again in range(4)] == [[first], [second], rest, []]


def test_no_mail_is_begun_that_could_outlast_the_lease(world, mailbox, settings):
    """A server that takes long must not keep a row beyond its lease: somebody else has it then."""
    write(world, 5)
    now = timezone.now()
    left = settings.MAIL_LEASE - timedelta(seconds=delivery.ANSWERS * settings.EMAIL_TIMEOUT)
    readings = iter([now, now, now])
    late = now + left + timedelta(seconds=1)
    sender = delivery._Sender(lambda: next(readings, late))
    sender.deliver(claims.load(claims.claim(now)))
    assert 0 < sender.sent < 5
    assert len(mailbox.mails) == sender.sent
    assert Message.objects.waiting(now).count() == 5 - sender.sent
    sender.close()


def test_a_whole_mail_fits_into_a_lease(settings):
    """Or nothing would ever be sent, however the operator sets the timeout."""
    assert timedelta(seconds=delivery.ANSWERS * 15) < settings.MAIL_LEASE
    assert settings.EMAIL_TIMEOUT <= 15


def test_a_database_that_fails_between_content_and_dot_repeats_one_mail_at_most(
    world, mailbox, monkeypatch
):
    """Before the dot nothing is delivered: the mail in hand is not sent, the one before may be."""
    write(world, 3)

    def fail(marks, message):
        raise OperationalError("the server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(Marks, "put", fail)
        with pytest.raises(OperationalError):
            deliver_waiting(timezone.now)
    assert len(mailbox.mails) == 1
    assert deliver_waiting(stopped_at(timezone.now() + settings.MAIL_LEASE)) == 3
    ids = [mail["Message-ID"] for mail in mailbox.mails]
    assert (len(ids), len(set(ids))) == (4, 3)


def deliver_in_two_threads() -> None:
    start = threading.Barrier(2)

    def deliver() -> None:
        with closing(connection):
            start.wait()
            deliver_waiting(timezone.now)

    threads = [threading.Thread(target=deliver) for _sender in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_senders_at_once_send_each_mail_once(committed_world, mailbox, monkeypatch):
    monkeypatch.setattr(claims, "BATCH", 2)
    write(committed_world, MANY)
    deliver_in_two_threads()
    ids = [mail["Message-ID"] for mail in mailbox.mails]
    assert len(ids) == len(set(ids)) == MANY


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_without_the_lease_two_senders_repeat_each_other(committed_world, mailbox, monkeypatch):
    """The control: claims that reserve nothing let both send the same rows."""
    both_have_claimed = threading.Barrier(2)

    def claim_without_lease(now):
        waiting = list(Message.objects.waiting(now).values_list("pk", flat=True)[:4])
        both_have_claimed.wait(timeout=60)
        Message.objects.filter(pk__in=waiting).update(lease_until=now + settings.MAIL_LEASE)
        return waiting

    monkeypatch.setattr(delivery, "claim", claim_without_lease)
    write(committed_world, 4)
    deliver_in_two_threads()
    assert len(mailbox.mails) > len({mail["Message-ID"] for mail in mailbox.mails})
