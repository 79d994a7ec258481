"""The link in a mail opens a page for one person, one step and one content, and decides nothing."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from approvals.models import Decision
from notifications import tickets
from notifications.composing import compose
from notifications.models import Message
from workflow.models import AuditEntry, WorkItem


@pytest.fixture
def initiative(world):
    return world.at("with_head")


@pytest.fixture
def link(world, initiative) -> str:
    """As it stands in the mail that was written, taken from the text the recipient gets."""
    message = Message.objects.get(recipient=world.head, kind="decision_wanted")
    found = re.search(r"https?://\S+", str(compose(message).body))
    assert found
    return urlsplit(found[0]).path


def step(link: str) -> int:
    found = tickets.read(link.strip("/").rpartition("/")[2])
    assert found
    return found.work_item_id


def test_the_page_asks_and_its_button_decides(world, client, initiative, link):
    client.force_login(world.head)
    page = client.get(link)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    form = page.context["form"]
    data = {"key": form.initial["key"], "work_item": form.initial["work_item"]}
    assert client.post(reverse("approvals:act", args=[initiative.pk, "approve"]), data)
    assert Decision.objects.get().actor == world.head


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_it_changes_nothing(method, world, client, link):
    client.force_login(world.head)
    entries = AuditEntry.objects.count()
    for _scanner in range(3):
        getattr(client, method)(link)
    assert (AuditEntry.objects.count(), Decision.objects.count()) == (entries, 0)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_answers_to_reading_only(method, world, client, link):
    client.force_login(world.head)
    assert getattr(client, method)(link).status_code == 405


def test_without_a_session_it_asks_to_sign_in_first(client, link):
    answer = client.get(link)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert isinstance(answer.wsgi_request.user, AnonymousUser)


def changed(link: str) -> str:
    return link.replace("/from-mail/", "/from-mail/x")


def dealt_with(world, initiative) -> None:
    world.do("head", "approve", initiative)


def revised(world, initiative) -> None:
    """The step of the mail is gone; the head is asked again, for other words."""
    world.do("author", "recall", initiative)
    world.do("author", "edit", initiative, title="Khác")
    world.do("author", "submit", initiative)


def no_longer_head(world, initiative) -> None:
    world.head.memberships.update(ends_on=world.now.date() - timedelta(days=1))


DEAD = {
    "used": (dealt_with, "head", 410),
    "outdated": (revised, "head", 410),
    "foreign": (None, "principal", 403),
    "of a leaver": (no_longer_head, "head", 410),
}


@pytest.mark.parametrize("name", DEAD)
def test_a_dead_link_explains_itself(name, world, client, initiative, link):
    happens, who, status = DEAD[name]
    if happens:
        happens(world, initiative)
    client.force_login(world.people[who])
    answer = client.get(link)
    assert answer.status_code == status
    assert answer.context["dead"].reason
    assert "decision-form" not in answer.content.decode()
    leads_on = answer.context["dead"].initiative == initiative
    assert leads_on is (name in ("used", "outdated"))


def test_a_link_that_was_changed_on_its_way_is_not_found(world, client, link):
    client.force_login(world.head)
    assert client.get(changed(link)).status_code == 404


def test_an_old_link_says_that_the_step_is_still_open(world, client, link, monkeypatch):
    monkeypatch.setattr(tickets, "LIFETIME", timedelta(seconds=-1))
    client.force_login(world.head)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "30" in answer.context["dead"].reason


def test_it_is_bound_to_the_step_and_not_to_the_next_one_of_the_same_person(world, client, link):
    assert WorkItem.objects.get(pk=step(link)).role == "head"


def test_a_stranger_is_not_told_whose_link_it_is(world, client, initiative, link):
    client.force_login(world.other_teacher)
    page = client.get(link).content.decode()
    assert world.head.full_name not in page
    assert initiative.title not in page
