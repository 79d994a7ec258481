"""The outbox reaches a real SMTP server: once each, and a failure stays with its own row."""

import threading
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from notifications import delivery
from notifications.delivery import Clock, deliver_waiting
from notifications.models import Message
from tests.mailbox import Mailbox

MANY = 24


@pytest.fixture
def mailbox(settings):
    with Mailbox.open() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        yield opened


def stopped_at(now: datetime) -> Clock:
    return lambda: now


def write(world, count: int) -> None:
    for _number in range(count):
        world.at("with_head")


@pytest.mark.both_databases
def test_what_waits_is_sent_and_marked(world, mailbox):
    write(world, 3)
    assert deliver_waiting(timezone.now) == 3
    assert [mail["To"] for mail in mailbox.mails] == ["head@example.test"] * 3
    assert not Message.objects.filter(sent_at=None).exists()
    assert deliver_waiting(timezone.now) == 0


def test_many_mails_go_over_one_connection(world, mailbox):
    write(world, 5)
    deliver_waiting(timezone.now)
    assert mailbox.connections == 1


def test_a_refusal_for_now_is_tried_again_later_each_time_after_longer(world, mailbox):
    write(world, 1)
    mailbox.answer = "451 come back later"
    now, waits = timezone.now(), []
    for _again in range(4):
        assert deliver_waiting(stopped_at(now)) == 0
        message = Message.objects.get()
        waits.append(message.not_before - now)
        now = message.not_before
    assert message.attempts == 4
    assert waits[3] > waits[0]
    mailbox.answer = "250 OK"
    assert deliver_waiting(stopped_at(now)) == 1
    assert not Message.objects.get().error


def test_a_refusal_for_good_is_given_up_and_says_why(world, mailbox):
    write(world, 1)
    mailbox.answer = "550 no such mailbox"
    deliver_waiting(timezone.now)
    message = Message.objects.get()
    assert message.cancelled_at
    assert "550" in message.error


def test_the_end_of_the_tasks_time_gives_no_message_up(world, mailbox, monkeypatch):
    def run_out(message):
        raise SoftTimeLimitExceeded

    write(world, 1)
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "compose", run_out)
        deliver_waiting(timezone.now)
    assert deliver_waiting(stopped_at(timezone.now() + timedelta(hours=1))) == 1


@pytest.mark.both_databases
def test_one_bad_message_does_not_hold_up_the_others(world, mailbox):
    write(world, 3)
    poisoned = Message.objects.order_by("pk")[1]
    Message.objects.filter(pk=poisoned.pk).update(facts={"due_at": "not a date"})
    assert deliver_waiting(timezone.now) == 2
    poisoned.refresh_from_db()
    assert poisoned.cancelled_at
    assert not Message.objects.exclude(pk=poisoned.pk).filter(sent_at=None).exists()


def test_nothing_is_lost_while_the_server_is_away(world, settings):
    write(world, 2)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert deliver_waiting(timezone.now) == 0
    assert Message.objects.filter(sent_at=None, cancelled_at=None).count() == 2
    with Mailbox.open() as mailbox:
        settings.EMAIL_PORT = mailbox.port
        assert deliver_waiting(stopped_at(timezone.now() + timedelta(hours=1))) == 2


def test_a_leased_message_is_left_alone_until_the_lease_ends(world, mailbox, settings):
    write(world, 1)
    now = timezone.now()
    Message.objects.update(lease_until=now + settings.MAIL_LEASE)
    assert deliver_waiting(stopped_at(now)) == 0
    assert deliver_waiting(stopped_at(now + settings.MAIL_LEASE)) == 1


def test_a_sender_that_dies_after_sending_repeats_the_same_message_id(world, mailbox):
    write(world, 1)
    deliver_waiting(timezone.now)
    Message.objects.update(sent_at=None, lease_until=timezone.now())  # as if never marked
    deliver_waiting(timezone.now)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]


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
    monkeypatch.setattr(delivery, "BATCH", 2)
    write(committed_world, MANY)
    deliver_in_two_threads()
    ids = [mail["Message-ID"] for mail in mailbox.mails]
    assert len(ids) == len(set(ids)) == MANY


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_without_the_lease_two_senders_repeat_each_other(committed_world, mailbox, monkeypatch):
    """The control: claims that reserve nothing let both send the same rows."""
    both_have_claimed = threading.Barrier(2)

    def claim_without_lease(now):
        waiting = list(Message.objects.waiting(now).select_related("recipient", "initiative")[:4])
        both_have_claimed.wait(timeout=10)
        return waiting

    monkeypatch.setattr(delivery, "_claim", claim_without_lease)
    write(committed_world, 4)
    deliver_in_two_threads()
    assert len(mailbox.mails) > len({mail["Message-ID"] for mail in mailbox.mails})
