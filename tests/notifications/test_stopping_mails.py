"""One click in a mail stops mails of its kind, without a session (RFC 8058), and nothing else."""

from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from notifications import unsubscribing
from notifications.composing import compose
from notifications.delivery import deliver_waiting
from notifications.letters import LETTERS
from notifications.models import Held, Mail, Message, Preference
from notifications.preferences import KIND_OF, LOCKED, can_switch_off, switch_off

pytestmark = pytest.mark.both_databases
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def written(world, settings):
    settings.BASE_URL = "https://thidua.example"
    world.at("with_head")
    return Message.objects.get(recipient=world.head)


def parsed(message: Message):
    return message_from_bytes(compose(message).content, policy=policy.default)


def link(message: Message) -> str:
    return str(urlsplit(parsed(message)["List-Unsubscribe"].strip("<>")).path)


@pytest.fixture
def stranger():
    """A mail program: no session, no cookies, and no token against forged requests."""
    return Client(enforce_csrf_checks=True)


def test_the_one_click_of_a_mail_program_stops_the_kind(stranger, world, written):
    answer = stranger.post(link(written), ONE_CLICK)
    assert answer.status_code == 200
    chosen = Preference.objects.get()
    expected = (world.head, KIND_OF[written.kind], Mail.NEVER)
    assert (chosen.user, chosen.kind, chosen.mail) == expected


def test_opening_the_link_asks_and_stops_nothing(stranger, written):
    for method in (stranger.get, stranger.head):
        assert method(link(written)).status_code == 200
    assert not Preference.objects.exists()
    assert "no-store" in stranger.get(link(written))["Cache-Control"]


def test_the_button_of_the_page_needs_no_session_either(stranger, written):
    assert stranger.post(link(written)).status_code == 200
    assert Preference.objects.exists()


def test_stopping_twice_is_stopping_once(stranger, written):
    for _again in range(2):
        stranger.post(link(written), ONE_CLICK)
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("changed", [lambda it: it[:-2] + "/", lambda it: it.replace(":", "x:")])
def test_a_link_that_was_changed_is_not_there(changed, stranger, written):
    assert stranger.post(changed(link(written)), ONE_CLICK).status_code == 404
    assert not Preference.objects.exists()


def test_a_link_cannot_be_made_for_an_escalation(stranger, world):
    signed = unsubscribing.issue(world.head.pk, "escalated")
    assert stranger.post(f"/stop-mails/{signed}/").status_code == 404


@pytest.mark.parametrize("kind", LETTERS)
def test_every_mail_that_can_be_stopped_says_how(kind, written):
    written.kind = kind
    written.facts |= {
        "first": "2025-03-03",
        "last": "2025-03-03",
        "role": "head",
        "count": 1,
        "late": 1,
        "soon": 1,
        "rows": [],
        "duty": "decide",
    }
    mail = parsed(written)
    assert (mail["List-Unsubscribe"] is None) == (kind in LOCKED)
    assert (mail["List-Unsubscribe-Post"] is None) == (kind in LOCKED)
    bodies = "".join(part.get_content() for part in mail.iter_parts())
    assert ("/stop-mails/" in bodies) == can_switch_off(kind)


def test_without_https_there_is_a_link_but_no_one_click(written, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert parsed(written)["List-Unsubscribe"]
    assert parsed(written)["List-Unsubscribe-Post"] is None


def test_a_stopped_kind_is_not_mailed_and_other_kinds_are(world, written, mailoutbox):
    switch_off(world.head, "decision_wanted")
    world.do("head", "comment", written.initiative, text="Đã xem.", mentions=[world.principal.pk])
    deliver_waiting(timezone.now)
    assert "head@example.test" not in {mail.to[0] for mail in mailoutbox}
    assert mailoutbox
    written.refresh_from_db()
    assert (written.sent_at, written.error, written.attempts) == (None, "", 0)
    assert written.held == Held.APP
    assert not Message.objects.with_status("given_up").exists()


def test_an_escalation_is_mailed_even_to_who_stopped_it(world, written, mailoutbox):
    Preference.objects.create(user=world.head, kind="overdue", mail=Mail.NEVER)
    Message.objects.filter(pk=written.pk).update(
        kind="overdue", facts=written.facts | {"duty": "decide"}
    )
    assert deliver_waiting(timezone.now) == 1
