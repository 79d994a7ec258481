"""A step can ask people by name, whatever their role: they see the dossier, and decide."""

import pytest

from approvals.refusal import Refused
from tests.approvals.routes import ALL, PRINCIPAL
from workflow.deadlines import local_day
from workflow.models import Initiative, State, WorkItem


@pytest.fixture
def expert(world):
    """A teacher of another department, named for the first step."""
    world.route("register", {"people": [world.other_teacher]}, PRINCIPAL)
    initiative = world.draft()
    world.do("author", "submit", initiative)
    return initiative


def sees(world, who, initiative):
    visible = Initiative.objects.visible_to(world.people[who], local_day(world.now))
    return visible.filter(pk=initiative.pk).exists()


def awaits(world, who):
    return WorkItem.objects.awaiting(world.people[who], local_day(world.now)).count()


def test_who_is_named_sees_the_dossier_and_decides(expert, world):
    assert sees(world, "other_teacher", expert)
    assert awaits(world, "other_teacher") == 1
    world.do("other_teacher", "approve", expert)
    world.do("principal", "approve", expert)
    assert expert.state == State.REGISTERED


def test_nobody_else_of_the_same_role_is_asked(expert, world):
    assert not sees(world, "other_head", expert)
    with pytest.raises(Refused):
        world.do("colleague", "approve", expert)


def test_an_author_who_is_named_is_passed_over(world):
    world.route("register", {"people": [world.author, world.other_teacher]} | ALL)
    initiative = world.draft()
    world.do("author", "submit", initiative)
    assert [item.person for item in initiative.work_items.filter(closed_at=None)] == [
        world.other_teacher
    ]


def test_a_step_whose_people_are_all_authors_is_refused_at_once(world):
    world.route("register", {"people": [world.author]})
    initiative = world.draft()
    with pytest.raises(Refused):
        world.do("author", "submit", initiative)


def test_a_named_person_who_has_left_decides_no_more(expert, world):
    world.other_teacher.is_active = False
    world.other_teacher.save()
    with pytest.raises(Refused):
        world.do("other_teacher", "approve", expert)
