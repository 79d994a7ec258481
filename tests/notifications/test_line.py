"""The envelope goes out command by command, or in a row where the server announces it."""

import pytest
from django.utils import timezone

from notifications.delivery import deliver_waiting
from notifications.line import Line
from notifications.models import Message
from tests.notifications.sending import stopped_at, write

pytestmark = pytest.mark.parametrize("in_a_row", [False, True])


@pytest.fixture
def server(mailbox, in_a_row):
    mailbox.in_a_row = in_a_row
    return mailbox


def test_every_mail_arrives_once_and_whole(world, server):
    write(world, 5)
    assert deliver_waiting(timezone.now) == 5
    assert len({mail["Message-ID"] for mail in server.mails}) == 5
    assert server.connections == 1


def test_a_recipient_that_is_refused_for_good_is_given_up(world, server):
    write(world, 1)
    server.known = "550 no such mailbox"
    assert deliver_waiting(timezone.now) == 0
    assert "550" in Message.objects.get().error
    assert Message.objects.get().cancelled_at


def test_after_a_refusal_the_next_mail_is_a_mail_of_its_own(world, server):
    write(world, 2)
    now = timezone.now()
    server.known = "452 too many for now"
    assert deliver_waiting(stopped_at(now)) == 0
    server.known = "250 OK"
    later = max(Message.objects.values_list("not_before", flat=True))
    assert deliver_waiting(stopped_at(later)) == 2
    assert len(server.mails) == 2


def test_a_refused_content_is_not_held_against_the_mail_that_was_announced_with_it(world, server):
    write(world, 3)
    now = timezone.now()
    server.answer = "451 come back later"
    assert deliver_waiting(stopped_at(now)) == 0
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}
    server.answer = "250 OK"
    later = max(Message.objects.values_list("not_before", flat=True))
    assert deliver_waiting(stopped_at(later)) == 3
    assert len({mail["Message-ID"] for mail in server.mails}) == len(server.mails) == 3


def test_a_line_lost_after_a_mail_sends_the_next_one_over_another(world, server, monkeypatch):
    """Announced and not ended, it is nobody's mail yet: no attempt is counted against it."""
    write(world, 2)
    sent = Line.hand_over

    def cut(line, following=None):
        sent(line, following)
        monkeypatch.setattr(Line, "hand_over", sent)
        line.close()

    monkeypatch.setattr(Line, "hand_over", cut)
    assert deliver_waiting(timezone.now) == 2
    assert len(server.mails) == server.connections == 2
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}
