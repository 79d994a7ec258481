"""Every morning at seven: what waits for a person, and the news they chose to read there."""

from datetime import datetime, time, timedelta

import pytest

from notifications.daily import send_daily
from notifications.delivery import deliver_waiting
from notifications.models import MailHours, Message, Preference
from workflow.calendar import ZONE

pytestmark = pytest.mark.both_databases
SEVEN = datetime(2025, 3, 5, 7, tzinfo=ZONE)  # a Wednesday; the world begins on Monday the 3rd


def digests() -> list[Message]:
    return list(Message.objects.filter(kind="daily_digest"))


@pytest.fixture
def wanted(world):
    MailHours.objects.create(user=world.head, digest=True)
    return world


def test_it_says_what_waits_and_how_much_is_late(wanted):
    initiative = wanted.at("with_head")  # three working days from Monday: until Thursday
    assert send_daily(SEVEN - timedelta(seconds=1)) == 0
    assert [send_daily(SEVEN), send_daily(SEVEN), send_daily(SEVEN + timedelta(hours=9))] == [
        1,
        0,
        0,
    ]
    (digest,) = digests()
    assert digest.recipient == wanted.head
    facts = {name: digest.facts[name] for name in ("count", "late", "soon")}
    assert facts == {"count": 1, "late": 0, "soon": 1}
    ((what, due),) = digest.facts["rows"]
    assert initiative.code in what
    assert due == "06/03/2025"
    send_daily(SEVEN + timedelta(days=7))
    assert digests()[0].facts["late"] == 1


def test_a_day_with_nothing_to_tell_brings_no_mail(wanted):
    assert send_daily(SEVEN) == 0


def test_what_comes_after_seven_is_tomorrows(wanted):
    Preference.objects.create(user=wanted.principal, kind="to_decide", mail="daily")
    assert send_daily(SEVEN) == 0
    wanted.now = SEVEN + timedelta(hours=1)
    wanted.at("with_principal")
    deliver_waiting(lambda: wanted.now)
    assert send_daily(SEVEN + timedelta(hours=2)) == 0
    assert send_daily(SEVEN + timedelta(days=1)) == 1
    assert {digest.recipient for digest in digests()} == {wanted.principal}


def test_whoever_did_not_choose_it_gets_none(world):
    world.at("with_head")
    assert send_daily(SEVEN) == 0


def test_news_put_aside_come_in_the_digest_once(world):
    Preference.objects.create(user=world.head, kind="to_decide", mail="daily")
    initiative = world.at("with_head")
    assert deliver_waiting(lambda: world.now) == 0
    assert [send_daily(SEVEN), send_daily(SEVEN + timedelta(days=1))] == [1, 0]
    ((what, _day),) = digests()[0].facts["rows"]
    assert initiative.code in what
    assert deliver_waiting(lambda: SEVEN) == 1
    assert not Message.objects.filter(sent_at=None).exists()


def test_news_wait_over_a_quiet_weekend(world):
    MailHours.objects.create(
        user=world.head, starts=time(22), ends=time(6), weekends=True, digest=True
    )
    world.at("with_head")
    saturday = datetime(2025, 3, 8, 7, tzinfo=ZONE)
    assert [send_daily(saturday), send_daily(saturday + timedelta(days=1))] == [0, 0]
    assert send_daily(saturday + timedelta(days=2)) == 1
