"""What a person chose is kept when a message is about to be sent: none lost, none at night."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from notifications.delivery import deliver_waiting
from notifications.letters import LETTERS
from notifications.models import Held, MailHours, Message, Preference
from notifications.outbox import enqueue, message
from notifications.preferences import KIND_OF, LOCKED, quiet_until
from workflow.calendar import ZONE

pytestmark = pytest.mark.both_databases
PAGE = reverse("notifications:preferences")
NIGHT = MailHours(starts=time(22), ends=time(6))
WEEKEND = MailHours(starts=time(22), ends=time(6), weekends=True)
NOON = MailHours(starts=time(11, 30), ends=time(13))
ALWAYS = MailHours(weekends=False)
# hours, now, when mail may come again (None: at once). 7/11/2025 is a Friday.
QUIET = [
    (NIGHT, "2025-11-05T21:59:59", None),
    (NIGHT, "2025-11-05T22:00:00", "2025-11-06T06:00:00"),
    (NIGHT, "2025-11-06T00:00:00", "2025-11-06T06:00:00"),
    (NIGHT, "2025-11-06T05:59:59", "2025-11-06T06:00:00"),
    (NIGHT, "2025-11-06T06:00:00", None),
    (NIGHT, "2025-12-31T23:00:00", "2026-01-01T06:00:00"),
    (NIGHT, "2025-11-08T10:00:00", None),
    (WEEKEND, "2025-11-07T23:00:00", "2025-11-10T06:00:00"),
    (WEEKEND, "2025-11-08T10:00:00", "2025-11-10T06:00:00"),
    (WEEKEND, "2025-11-09T23:30:00", "2025-11-10T06:00:00"),
    (WEEKEND, "2025-11-10T06:00:00", None),
    (NOON, "2025-11-05T12:00:00", "2025-11-05T13:00:00"),
    (NOON, "2025-11-05T13:00:00", None),
    (ALWAYS, "2025-11-05T03:00:00", None),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("hours", "now", "until"), QUIET)
def test_when_the_quiet_ends(hours, now, until):
    assert quiet_until(hours, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(("default", "waits"), [("22:00-06:00", True), ("", False)])
def test_without_a_choice_the_hours_of_the_installation_hold(default, waits, settings):
    settings.QUIET_HOURS = default
    assert bool(quiet_until(None, at("2025-11-05T23:00:00"))) is waits


def tell(world, kind: str, now: datetime) -> Message:
    facts: dict[str, Any] = dict.fromkeys(("count", "late", "soon"), 0)
    facts |= {"actor": "Head", "due_at": now.isoformat(), "duty": "decide", "unit": "Tổ Toán"}
    enqueue([message(f"test/{kind}", kind, world.author, now, world.draft(), **facts)])
    return Message.objects.get(kind=kind)


def test_at_night_a_mail_waits_and_comes_in_the_morning_once(world):
    now = at("2025-11-05T23:00:00")
    MailHours.objects.create(user=world.author, starts=time(22), ends=time(6))
    waiting = tell(world, "returned", now)
    assert deliver_waiting(lambda: now) == 0
    waiting.refresh_from_db()
    assert (waiting.not_before, waiting.lease_until) == (at("2025-11-06T06:00:00"), None)
    assert deliver_waiting(lambda: at("2025-11-06T05:59:59")) == 0
    assert [deliver_waiting(lambda: at("2025-11-06T06:00:00")) for _again in range(2)] == [1, 0]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("choice", "held"), [("daily", Held.DIGEST), ("never", Held.APP)])
def test_what_is_not_wanted_by_mail_stays_in_the_application(choice, held, world):
    Preference.objects.create(user=world.author, kind="outcome", mail=choice)
    put_aside = tell(world, "returned", world.now)
    for _again in range(2):
        assert deliver_waiting(lambda: world.now) == 0
    put_aside.refresh_from_db()
    assert (put_aside.held, put_aside.sent_at) == (held, None)
    assert not Message.objects.waiting(world.now).exists()


@pytest.mark.parametrize("kind", LOCKED)
def test_what_is_locked_comes_whatever_a_row_says(kind, world):
    Preference.objects.create(user=world.author, kind=kind, mail="never")
    tell(world, kind, world.now)
    assert deliver_waiting(lambda: world.now) == 1


def test_every_letter_can_be_chosen_or_says_why_not():
    assert set(KIND_OF) | set(LOCKED) == set(LETTERS)
    assert not set(KIND_OF) & set(LOCKED)


def form(**changed) -> dict[str, str]:
    kinds = dict.fromkeys((f"kind_{kind}" for kind in set(KIND_OF.values())), "at_once")
    return kinds | {"starts": "22:00", "ends": "06:00"} | changed


def test_the_page_keeps_the_choice_and_shows_what_is_locked(client, world):
    client.force_login(world.author)
    assert client.post(PAGE, form(kind_outcome="daily", weekends="on")).status_code == 302
    assert client.post(PAGE, form(kind_comments="never", ends="07:00")).status_code == 302
    hours = MailHours.objects.get()
    assert (hours.user, hours.ends, hours.weekends) == (world.author, time(7), False)
    chosen = dict(Preference.objects.values_list("kind", "mail"))
    assert (chosen["outcome"], chosen["comments"]) == ("at_once", "never")
    page = client.get(PAGE)
    assert page.context["form"]["kind_comments"].value() == "never"
    for _name, reason in LOCKED.values():
        assert str(reason) in page.content.decode()


@pytest.mark.parametrize(
    "changed",
    [{"kind_outcome": "sometimes"}, {"starts": "25:00"}, {"ends": ""}, {"kind_outcome": ""}],
)
def test_what_makes_no_sense_is_shown_again(changed, client, world):
    client.force_login(world.author)
    assert client.post(PAGE, form(**changed)).status_code == 422
    assert not Preference.objects.exists()


def test_a_choice_holds_for_what_waits_already(world):
    now = at("2025-11-05T12:00:00")
    put_aside = tell(world, "returned", now)
    Preference.objects.create(user=world.author, kind="outcome", mail="never")
    assert deliver_waiting(lambda: now + timedelta(minutes=1)) == 0
    put_aside.refresh_from_db()
    assert put_aside.held == Held.APP
