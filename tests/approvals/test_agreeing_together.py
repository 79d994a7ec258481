"""Several steps agreed to at once: each named first, each through the door, the rest said why."""

import re
import uuid

import pytest
from django.urls import reverse

from approvals.models import Decision
from tests.world import PATH
from workflow.models import AuditEntry, WorkItem

ADDRESS = reverse("approvals:together")


def step_of(initiative) -> int:
    return int(WorkItem.objects.open().get(initiative=initiative).pk)


@pytest.fixture
def three(world, client):
    client.force_login(world.principal)
    return [world.at("with_principal") for _number in range(3)]


def agree(client, items, key="k"):
    answer = client.post(ADDRESS, {"item": items, "key": key})
    assert answer.status_code == 200
    return {row.item.pk: row.reason for row in answer.context["answers"]}


def test_a_summary_names_each_and_changes_nothing(three, client):
    answer = client.get(ADDRESS, {"item": [step_of(one) for one in three]})
    page = answer.content.decode()
    assert all(one.title in page for one in three)
    assert len(answer.context["items"]) == 3
    assert not Decision.objects.filter(work_item__role="principal").exists()


def test_each_is_decided_and_registered(three, client):
    answers = agree(client, [step_of(one) for one in three])
    assert set(answers.values()) == {""}
    for one in three:
        one.refresh_from_db()
        assert one.state == "registered"


def test_what_left_meanwhile_is_left_alone_with_the_reason(three, world, client):
    items = [step_of(one) for one in three]
    world.do("author", "recall", three[0])
    world.do("principal", "return", three[1], comment="Thiếu.")
    answers = agree(client, items)
    assert [bool(answers[item]) for item in items] == [True, True, False]
    assert world.author.full_name in answers[items[0]]
    assert Decision.objects.filter(verdict="approve", work_item__in=items).count() == 1


def test_what_changed_meanwhile_is_a_new_step_that_was_not_agreed_to(three, world, client):
    item = step_of(three[0])
    world.do("author", "recall", three[0])
    world.do("author", "edit", three[0], title="Tên khác")
    world.do("author", "submit", three[0])
    assert agree(client, [item])[item]


def test_the_same_page_posted_twice_has_one_effect(three, client):
    items, key = [step_of(one) for one in three], str(uuid.uuid4())
    agree(client, items, key)
    before = AuditEntry.objects.count()
    assert set(agree(client, items, key).values()) == {""}
    assert AuditEntry.objects.count() == before


def test_scores_and_grades_are_not_agreed_to_in_passing(world, client):
    initiative = world.at("signing_off")
    client.force_login(world.principal)
    assert agree(client, [step_of(initiative)])[step_of(initiative)]
    assert initiative.state == "reported"


def test_steps_of_others_and_nonsense_are_nobodys(world, client):
    foreign = step_of(world.at("with_head"))
    client.force_login(world.other_head)
    assert agree(client, [foreign, "abc", "-1", "9" * 30, ""]) == {}
    assert client.get(ADDRESS, {"item": [foreign, "x"]}).context["items"] == []
    assert not Decision.objects.exists()


def test_a_step_one_sees_but_does_not_hold_is_left_alone(world, client):
    item = step_of(world.at("with_head"))
    client.force_login(world.clerk)
    assert agree(client, [item])[item]


@pytest.mark.parametrize("situation", [name for name in PATH if name != "evaluated"])
def test_the_worklist_offers_a_tick_where_agreement_is_all_that_is_asked(situation, world, client):
    initiative = world.at(situation)
    offered = False
    for office in ("author", "head", "principal", "secretary", "council"):
        client.force_login(world.people[office])
        page = client.get("/").content.decode()
        offered |= bool(re.search(rf'name="item"\s+value="{step_of(initiative)}"', page))
    assert offered is (situation in ("with_head", "with_principal", "report_with_head"))
