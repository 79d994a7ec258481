"""The same form twice has one effect; an outdated one says what happened meanwhile."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.create import create
from approvals.models import Decision
from approvals.refusal import Refused
from notifications.models import Message
from workflow.models import AuditEntry, Initiative, WorkItem

pytestmark = pytest.mark.both_databases


def test_a_decision_posted_ten_times_has_one_effect(world):
    initiative = world.at("with_head")
    before = AuditEntry.objects.count(), Message.objects.count()
    key = str(uuid.uuid4())
    changes = [world.do("head", "approve", initiative, key=key).changed for _again in range(10)]
    assert changes == [True] + [False] * 9
    assert Decision.objects.count() == 1
    assert (AuditEntry.objects.count(), Message.objects.count()) == (before[0] + 1, before[1] + 1)


def test_a_key_with_another_body_is_refused(world):
    initiative = world.at("with_head")
    key = str(uuid.uuid4())
    world.do("head", "approve", initiative, key=key, comment="Đồng ý.")
    with pytest.raises(Refused) as refused:
        world.do("head", "approve", initiative, key=key, comment="Đồng ý, cần theo dõi.")
    assert refused.value.refusal.conflict


def test_a_key_of_somebody_else_is_refused(world):
    initiative = world.at("with_head")
    key = str(uuid.uuid4())
    world.do("head", "approve", initiative, key=key)
    with pytest.raises(Refused):
        world.do("principal", "approve", initiative, key=key)


def test_without_a_key_the_second_decision_is_refused_as_a_conflict(world):
    """The control: it is the key that makes the repetition harmless."""
    initiative = world.at("with_head")
    world.do("head", "approve", initiative)
    with pytest.raises(Refused):
        world.do("head", "approve", initiative)


def test_a_step_somebody_else_has_taken_names_them(world):
    initiative = world.at("with_head")
    seen = WorkItem.objects.open().get(initiative=initiative)
    world.do("head", "approve", initiative)
    with pytest.raises(Refused, match="Head") as refused:
        world.do("principal", "approve", initiative, work_item=seen.pk)
    assert refused.value.refusal.conflict


def test_a_draft_created_twice_with_one_key_is_one_draft(world):
    payload = {"kind": "solution", "scope": "individual", "title": "Một lần", "key": "k" * 32}
    made = [
        create(world.round.pk, world.units["maths"].pk, world.author, world.now, payload)
        for _again in range(3)
    ]
    assert len({outcome.initiative.pk for outcome in made}) == Initiative.objects.count() == 1


@pytest.mark.parametrize("key", ["k" * 200, "a\0b", "khoá"])
def test_a_key_that_no_form_of_ours_has_makes_one_draft_all_the_same(key, world, client):
    world.round.opens_on = timezone.localdate()
    world.round.report_before = world.round.opens_on + timedelta(days=30)
    world.round.save()
    client.force_login(world.author)
    form = {
        "kind": "solution", "scope": "individual", "title": "Một lần", "key": key,
        "unit": world.units["maths"].pk, "round": world.round.pk,
    }  # fmt: skip
    answers = [client.post(reverse("approvals:new"), form) for _again in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Initiative.objects.count() == 1


def test_saving_what_is_already_there_writes_nothing(world):
    initiative = world.draft()
    before = AuditEntry.objects.count()
    assert not world.do("author", "edit", initiative, title=initiative.title).changed
    assert AuditEntry.objects.count() == before
