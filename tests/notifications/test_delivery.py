"""The outbox reaches a real SMTP server: once each, and a failure stays with its own row."""

import threading
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from notifications import claims, delivery, failures
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


def test_a_leased_message_is_left_alone_until_the_lease_ends(world, mailbox):
    write(world, 1)
    now = timezone.now()
    Message.objects.update(lease_until=now + claims.LEASE)
    assert deliver_waiting(stopped_at(now)) == 0
    assert deliver_waiting(stopped_at(now + claims.LEASE)) == 1


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
    left = claims.LEASE - timedelta(seconds=delivery.ANSWERS * settings.EMAIL_TIMEOUT)
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
    assert timedelta(seconds=delivery.ANSWERS * 15) < claims.LEASE
    assert settings.EMAIL_TIMEOUT <= 15


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
    assert all(now < row.not_before <= now + failures.AWAY for row in rows)


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


def test_a_database_that_fails_between_content_and_dot_repeats_one_mail_at_most(
    world, mailbox, monkeypatch
):
    """Before the dot nothing is delivered: the mail in hand is not sent, the one before may be."""
    write(world, 3)

    def fail(message):
        raise OperationalError("the server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "store", fail)
        with pytest.raises(OperationalError):
            deliver_waiting(timezone.now)
    assert len(mailbox.mails) == 1
    assert deliver_waiting(stopped_at(timezone.now() + claims.LEASE)) == 3
    ids = [mail["Message-ID"] for mail in mailbox.mails]
    assert (len(ids), len(set(ids))) == (4, 3)


def test_mails_of_one_initiative_make_one_thread(world, mailbox):
    initiative = world.at("with_principal")
    other = world.at("with_head")
    deliver_waiting(timezone.now)
    roots: dict[str, set[str]] = {}
    for mail in mailbox.mails:
        assert mail["References"] == mail["In-Reply-To"] != mail["Message-ID"]
        roots.setdefault(mail["References"], set()).add(mail["To"])
    assert set(roots) == {f"<initiative.{one.pk}@localhost>" for one in (initiative, other)}
    assert {"head@example.test", "principal@example.test"} in roots.values()


def test_what_the_server_gets_reads_as_it_was_written(world, mailbox):
    initiative = world.at("with_head")
    initiative.title = "Số hoá hồ sơ\n.\nkết thúc — một cửa"
    initiative.save()
    deliver_waiting(timezone.now)
    (mail,) = mailbox.mails
    assert mail["Subject"].endswith(initiative.code)
    assert mail["From"] == "Thi Đua <thidua@localhost>"
    for part in mail.iter_parts():
        assert "Số hoá hồ sơ" in part.get_content()
        assert "một cửa" in part.get_content()


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
        Message.objects.filter(pk__in=waiting).update(lease_until=now + claims.LEASE)
        both_have_claimed.wait(timeout=10)
        return waiting

    monkeypatch.setattr(delivery, "claim", claim_without_lease)
    write(committed_world, 4)
    deliver_in_two_threads()
    assert len(mailbox.mails) > len({mail["Message-ID"] for mail in mailbox.mails})
