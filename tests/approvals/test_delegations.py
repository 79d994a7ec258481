"""A role is lent for named days, to one person, never passed on; and taken back at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.models import Decision
from approvals.refusal import Refused
from notifications.models import Message
from people.models import Delegation
from workflow.deadlines import local_day

LEND = reverse("approvals:lend")


@pytest.fixture
def today():
    return local_day(timezone.now())


def words(world, today, **changed):
    return {
        "post": world.head.memberships.get().pk,
        "delegate": world.deputy.pk,
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
        "reason": "Đi công tác",
    } | changed


@pytest.fixture
def lent(world, client, today) -> Delegation:
    client.force_login(world.head)
    assert client.post(LEND, words(world, today)).status_code == 302
    return Delegation.objects.get()


def told() -> list[tuple[str, str]]:
    kinds = ("delegated", "delegation_ended")
    rows = Message.objects.filter(kind__in=kinds).order_by("pk").select_related("recipient")
    return [(row.recipient.email.partition("@")[0], row.kind) for row in rows]


def decide_as(client, who, initiative):
    client.force_login(who)
    return client.post(reverse("approvals:act", args=[initiative.pk, "approve"]), {})


def test_the_delegate_is_told_and_decides_in_both_names(lent, world, client):
    assert told() == [("deputy", "delegated")]
    initiative = world.at("with_head")
    assert decide_as(client, world.deputy, initiative).status_code == 302
    decision = Decision.objects.get()
    assert (decision.actor, decision.on_behalf_of) == (world.deputy, world.head)


def test_the_delegator_sees_what_was_done_in_their_name(lent, world, client):
    initiative = world.at("with_head")
    decide_as(client, world.deputy, initiative)
    client.force_login(world.head)
    page = client.get(reverse("approvals:delegations")).content.decode()
    assert initiative.code in page


def test_the_delegates_worklist_says_for_whom(lent, world, client):
    world.at("with_head")
    client.force_login(world.deputy)
    assert world.head.full_name in client.get("/").content.decode()


def test_taken_back_the_next_request_is_refused(lent, world, client):
    initiative = world.at("with_head")
    client.post(reverse("approvals:end_delegation", args=[lent.pk]))
    assert told() == [("deputy", "delegated"), ("deputy", "delegation_ended")]
    assert decide_as(client, world.deputy, initiative).status_code == 403


def test_taking_back_twice_tells_once(lent, world, client):
    for _twice in range(2):
        client.post(reverse("approvals:end_delegation", args=[lent.pk]))
    assert told().count(("deputy", "delegation_ended")) == 1


@pytest.mark.parametrize("office", ["deputy", "principal", "administrator"])
def test_nobody_else_takes_it_back(office, lent, world, client):
    client.force_login(world.people[office])
    address = reverse("approvals:end_delegation", args=[lent.pk])
    assert client.post(address).status_code == 404
    lent.refresh_from_db()
    assert lent.revoked_at is None


def test_what_was_lent_cannot_be_passed_on(world, client, today):
    client.force_login(world.head)
    client.post(LEND, words(world, today, delegate=world.colleague.pk))
    client.force_login(world.colleague)
    assert "lend-form" not in client.get(LEND).content.decode()
    answer = client.post(LEND, words(world, today, delegate=world.author.pk))
    assert answer.status_code == 422
    assert Delegation.objects.count() == 1


REFUSED = {
    "to_oneself": lambda world, today: {"delegate": world.head.pk},
    "to_another_school": lambda world, today: {"delegate": world.superior.pk},
    "from_the_past": lambda world, today: {"starts_on": (today - timedelta(days=1)).isoformat()},
    "ends_before_it_starts": lambda world, today: {
        "ends_on": (today - timedelta(days=1)).isoformat()
    },
    "no_reason": lambda world, today: {"reason": ""},
    "a_role_not_held": lambda world, today: {"post": world.principal.memberships.get().pk},
    "no_date": lambda world, today: {"ends_on": "soon"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_delegation_that_makes_no_sense_is_refused(case, world, client, today):
    client.force_login(world.head)
    answer = client.post(LEND, words(world, today, **REFUSED[case](world, today)))
    assert answer.status_code == 422
    assert not Delegation.objects.exists()


def test_the_same_days_cannot_be_lent_to_two(lent, world, client, today):
    answer = client.post(LEND, words(world, today, delegate=world.colleague.pk))
    assert answer.status_code == 422
    assert world.deputy.full_name in answer.content.decode()


def test_days_after_it_or_after_taking_it_back_can(lent, world, client, today):
    later = {"starts_on": today + timedelta(days=4), "ends_on": today + timedelta(days=5)}
    dates = {name: day.isoformat() for name, day in later.items()}
    answer = client.post(LEND, words(world, today, delegate=world.colleague.pk, **dates))
    assert answer.status_code == 302
    client.post(reverse("approvals:end_delegation", args=[lent.pk]))
    assert client.post(LEND, words(world, today, delegate=world.author.pk)).status_code == 302


def test_it_ends_by_itself_at_midnight_after_its_last_day(lent, world):
    initiative = world.at("with_head")
    world.now = timezone.now() + timedelta(days=4)
    with pytest.raises(Refused):
        world.do("deputy", "approve", initiative)
    world.now -= timedelta(days=1)
    world.do("deputy", "approve", initiative)
