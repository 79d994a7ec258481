"""A secret address shows a person's due dates to their calendar program, and to nobody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from notifications.calendar_feed import due_dates
from notifications.models import CalendarFeed
from tests.world import WORDS, build
from workflow.deadlines import last_day
from workflow.models import WorkItem

pytestmark = pytest.mark.both_databases


@pytest.fixture
def world(db):
    return build(timezone.now() - timedelta(days=1))


@pytest.fixture
def secret(world) -> str:
    return CalendarFeed.objects.renew(world.head, world.now)


def address(secret: str) -> str:
    return reverse("notifications:feed", args=[secret])


def events(content: bytes):
    return Calendar.from_ical(content).walk("VEVENT")


def test_it_shows_what_awaits_the_person_on_the_last_day_in_time(client, world, secret):
    initiative = world.at("with_head")
    answer = client.get(address(secret))
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = events(answer.content)
    item = WorkItem.objects.open().get(initiative=initiative)
    assert event["DTSTART"].dt == last_day(item.due_at)
    assert type(event["DTSTART"].dt) is date
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    assert initiative.title in event["SUMMARY"]
    assert event["URL"].endswith(f"/initiatives/{initiative.pk}/")


def test_a_bound_before_the_31st_is_shown_on_the_30th(world):
    world = build_in_progress(world)
    bound = timezone.now().replace(month=10, day=30, hour=17, minute=0, second=0, microsecond=0)
    WorkItem.objects.open().update(due_at=bound)  # 31/10 at 00:00 in Việt Nam
    (event,) = events(due_dates(world.author, world.now))
    assert (event["DTSTART"].dt.month, event["DTSTART"].dt.day) == (10, 30)


def build_in_progress(world):
    world.at("in_progress")
    return world


def test_an_event_keeps_its_name_when_its_date_moves(world):
    world.at("with_head")
    (before,) = events(due_dates(world.head, world.now))
    item = WorkItem.objects.open().get()
    WorkItem.objects.update(due_at=item.due_at + timedelta(days=7))
    (after,) = events(due_dates(world.head, world.now))
    assert before["UID"] == after["UID"]
    assert before["DTSTART"].dt != after["DTSTART"].dt


def test_what_is_done_or_awaits_others_is_not_in_it(world):
    initiative = world.at("with_head")
    assert events(due_dates(world.other_head, world.now)) == []
    world.do("head", "approve", initiative)
    assert events(due_dates(world.head, world.now)) == []


def test_it_names_nobody_and_carries_no_dossier(world):
    world.at("with_head")
    content = due_dates(world.head, world.now).decode().replace("\r\n ", "")
    private = [*WORDS.values(), *(person.full_name for person in world.people.values())]
    assert not [words for words in private if words in content]


def test_only_a_hash_of_the_secret_is_kept(secret):
    feed = CalendarFeed.objects.get()
    assert secret not in str(feed.__dict__)


def test_caches_between_may_not_keep_it(client, secret):
    assert "private" in client.get(address(secret))["Cache-Control"]


def end(world) -> None:
    CalendarFeed.objects.all().delete()


def renew(world) -> None:
    CalendarFeed.objects.renew(world.head, world.now)


def deactivate(world) -> None:
    world.head.is_active = False
    world.head.save()


def leave(world) -> None:
    world.head.memberships.update(ends_on=timezone.now().date() - timedelta(days=2))


@pytest.mark.parametrize("how", [end, renew, deactivate, leave])
def test_an_address_that_has_ended_is_not_there(how, client, world, secret):
    assert client.get(address(secret)).status_code == 200
    how(world)
    assert client.get(address(secret)).status_code == 404


def test_an_address_nobody_was_given_is_not_there(client, db):
    assert client.get(address("x" * 43)).status_code == 404


def test_the_page_shows_the_address_once_and_it_works(client, world):
    client.force_login(world.head)
    page = client.post(reverse("notifications:renew_feed"))
    shown = page.context["address"]
    assert "no-store" in page["Cache-Control"]
    client.logout()
    assert client.get(shown.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_ending_it_on_the_page_ends_only_mine(client, world, secret):
    CalendarFeed.objects.renew(world.author, world.now)
    client.force_login(world.head)
    client.post(reverse("notifications:end_feed"))
    assert CalendarFeed.objects.get().user == world.author
