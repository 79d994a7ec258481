"""The outbox reaches a real SMTP server: once each, and a failure stays with its own row."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from notifications import delivery, failures
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests.mailbox import Mailbox
from tests.notifications.sending import stopped_at, write


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


@pytest.mark.both_databases
def test_a_server_out_of_reach_is_nobodys_fault_and_is_asked_once(world, settings, caplog):
    write(world, 3)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = timezone.now()
    assert deliver_waiting(stopped_at(now)) == 0
    assert caplog.text.count("out of reach") == 1
    rows = Message.objects.all()
    assert {(row.attempts, row.lease_until, row.cancelled_at) for row in rows} == {(0, None, None)}
    assert all("refused" in row.error for row in rows)
    assert all(now < row.not_before <= now + 2 * settings.MAIL_FIRST_RETRY for row in rows)


def test_the_end_of_the_tasks_time_gives_no_message_up(world, mailbox, monkeypatch):
    def run_out(message):
        raise SoftTimeLimitExceeded

    write(world, 1)
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "compose", run_out)
        deliver_waiting(timezone.now)
    assert deliver_waiting(stopped_at(timezone.now() + timedelta(hours=1))) == 1


def test_after_some_thirty_attempts_somebody_must_look_at_it(world, mailbox):
    write(world, 1)
    mailbox.answer = "451 come back later"
    Message.objects.update(attempts=failures.MOST - 2)
    now = timezone.now()
    deliver_waiting(stopped_at(now))
    assert not Message.objects.get().cancelled_at
    deliver_waiting(stopped_at(now + failures.LONGEST_SNOOZE))
    assert Message.objects.get().cancelled_at
    assert "451" in Message.objects.get().error


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("domains", "sent"),
    [([], True), (["example.test"], True), (["other.example", "example.test"], True),
     (["other.example"], False), (["test"], False)],
)  # fmt: skip
def test_official_mail_stays_in_the_domains_that_are_named(
    domains, sent, world, settings, mailoutbox
):
    settings.MAIL_DOMAINS = domains
    write(world, 1)
    assert deliver_waiting(timezone.now) == len(mailoutbox) == int(sent)
    message = Message.objects.get()
    assert (message.cancelled_at is None) == sent
    assert ("outside the domains" in message.error) == (not sent)
