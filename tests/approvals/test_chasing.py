"""A head or the principal reminds whoever owes what is open: once a day, and the audit says so."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from approvals.refusal import Refused
from notifications.models import Message
from people.roles import Role
from workflow.calendar import ZONE
from workflow.models import Initiative, WorkItem

pytestmark = pytest.mark.both_databases
OWES = {
    "draft": ("head", {"author"}),
    "with_head": ("principal", {"head"}),
    "in_progress": ("head", {"author"}),
    "reported": ("principal", {"secretary"}),
    "scoring": ("principal", {"council", "council_peer"}),
    "signing_off": ("head", {"principal"}),
}
"""Situation → who chases, and who is reminded."""


def told() -> set[str]:
    emails = Message.objects.filter(kind="chased").values_list("recipient__email", flat=True)
    return {email.partition("@")[0] for email in emails}


@pytest.mark.parametrize("situation", OWES)
def test_whoever_owes_it_is_reminded(situation, world):
    who, owing = OWES[situation]
    initiative = world.at(situation)
    assert world.do(who, "chase", initiative).changed
    assert told() == owing


def test_the_audit_says_who_chased_whom_for_what(world):
    initiative = world.at("in_progress")
    world.do("head", "chase", initiative)
    entry = initiative.audit.latest("seq")
    item = WorkItem.objects.open().get(initiative=initiative)
    assert (entry.action, entry.actor) == ("chase", world.head)
    assert entry.facts == {"items": [item.pk], "people": [world.author.pk]}


def test_a_second_reminder_on_the_day_is_refused_and_says_when_and_by_whom(world):
    initiative = world.at("in_progress")
    world.do("head", "chase", initiative)
    world.later(hours=3)
    with pytest.raises(Refused) as refused:
        world.do("principal", "chase", initiative)
    assert "Head" in str(refused.value)
    assert f"{world.now - timedelta(hours=3):%H:%M}" in str(refused.value)
    assert refused.value.refusal.conflict


def test_the_day_ends_at_midnight_in_viet_nam(world):
    initiative = world.at("in_progress")
    world.now = datetime(2025, 3, 10, 23, 59, 59, tzinfo=ZONE)
    world.do("head", "chase", initiative)
    world.later(seconds=1)
    assert world.do("head", "chase", initiative).changed
    assert Message.objects.filter(kind="chased").count() == 2


def test_the_next_step_may_be_chased_on_the_same_day(world):
    initiative = world.at("with_head")
    world.do("principal", "chase", initiative)
    world.do("head", "approve", initiative)
    assert world.do("head", "chase", initiative).changed
    assert told() == {"head", "principal"}


def test_nobody_chases_themselves(world):
    initiative = world.at("with_head")
    with pytest.raises(Refused):
        world.do("head", "chase", initiative)
    world.join("colleague", "maths", Role.HEAD)
    world.do("head", "chase", initiative)
    assert told() == {"colleague"}


@pytest.mark.parametrize("situation", ["evaluated"])
def test_where_nothing_is_owed_nobody_is_chased(situation, world):
    with pytest.raises(Refused):
        world.do("principal", "chase", world.at(situation))


def test_one_press_on_the_dossier(client, world):
    initiative = world.at("in_progress")
    client.force_login(world.head)
    page = client.get(reverse("approvals:dossier", args=[initiative.pk]))
    key = page.context["chase"]["key"].value()
    act = reverse("approvals:act", args=[initiative.pk, "chase"])
    for _double_click in range(2):
        assert client.post(act, {"key": key}).status_code == 302
    assert Message.objects.filter(kind="chased").count() == 1
    assert client.post(act).status_code == 409
    assert client.get(reverse("approvals:dossier", args=[initiative.pk])).context["chase"] is None


def test_several_that_are_late_at_once_and_what_is_left_alone_says_why(client, world):
    chased, fresh = world.at("in_progress"), world.at("in_progress")
    address = reverse("approvals:chase_several")
    client.force_login(world.head)
    client.post(address, {"item": [WorkItem.objects.open().get(initiative=chased).pk]})
    client.force_login(world.principal)
    items = list(WorkItem.objects.open().values_list("pk", flat=True))
    assert len(client.get(address, {"item": items}).context["items"]) == 2
    assert Message.objects.filter(kind="chased").count() == 1
    answers = client.post(address, {"item": items}).context["answers"]
    reasons = {answer.item.initiative_id: answer.reason for answer in answers}
    assert reasons[fresh.pk] == ""
    assert "Head" in reasons[chased.pk]
    assert Initiative.objects.get(pk=fresh.pk).audit.filter(action="chase").count() == 1


@pytest.mark.parametrize(
    ("who", "chases"), [("head", True), ("principal", True), ("clerk", False), ("deputy", False)]
)
def test_whoever_leads_the_unit_can_tick_what_it_owes(who, chases, client, world):
    world.at("in_progress")
    client.force_login(world.people[who])
    page = client.get(reverse("approvals:worklist"), {"show": "unit"})
    assert page.context["chases"] is chases
    assert ('class="tick"' in page.content.decode()) is chases


def test_somebody_elses_item_is_not_found_by_its_number(client, world):
    initiative = world.at("in_progress")
    client.force_login(world.other_head)
    item = WorkItem.objects.open().get(initiative=initiative)
    world.other_head.memberships.all().delete()
    answer = client.post(reverse("approvals:chase_several"), {"item": [item.pk, "x"]})
    assert answer.context["answers"] == []
    assert not Message.objects.filter(kind="chased").exists()
