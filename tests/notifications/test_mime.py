"""A mail is one message on every server: its id, its thread, its letters."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import BadHeaderError
from django.utils import timezone

from notifications.delivery import deliver_waiting
from notifications.mime import Mail
from notifications.models import Message
from tests.notifications.sending import write


@pytest.mark.parametrize("letter", ["a", "ậ", "đ", "🏫"])
@pytest.mark.parametrize("length", [1, 8, 9, 10, 23, 60, 200])
def test_a_subject_of_any_length_arrives_whole_in_short_lines(letter, length):
    mail = Mail(letter * length, "", "", "a@example.test", {})
    head = mail.content.partition(b"\r\n\r\n")[0]
    read = message_from_bytes(mail.content, policy=policy.default)
    assert read["Subject"] == letter * length
    assert letter == "a" or max(map(len, head.split(b"\r\n"))) <= 76


def test_a_header_with_a_line_break_is_refused():
    with pytest.raises(BadHeaderError):
        Mail("a\nBcc: all@example.test", "", "", "a@example.test", {})


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


def test_a_sender_that_dies_after_sending_repeats_the_same_message_id(world, mailbox):
    write(world, 1)
    deliver_waiting(timezone.now)
    Message.objects.update(sent_at=None, lease_until=timezone.now())  # as if never marked
    deliver_waiting(timezone.now)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
