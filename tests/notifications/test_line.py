"""The envelope goes out command by command, or in a row where the server announces it."""

import pytest
from django.utils import timezone

from notifications.delivery import deliver_waiting
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
