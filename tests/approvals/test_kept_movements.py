"""The pages of those who keep movements, before there is one and for who keeps none."""

import pytest
from django.urls import reverse

from people.models import Membership, Unit, User
from people.roles import Role

LISTS = {
    name: reverse(name)
    for name in (
        "approvals:routes", "approvals:rounds", "approvals:sheets", "notifications:ladders",
    )
}  # fmt: skip


@pytest.fixture
def newcomer(world):
    """The administrator of a school that has just been entered."""
    school = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Mới", short_name="Mới"
    )
    person = User.objects.create_user("newcomer@example.test", full_name="Người mới")
    Membership.objects.create(
        user=person, unit=school, role=Role.ADMINISTRATOR, starts_on=world.now.date()
    )
    return person


@pytest.mark.parametrize("name", LISTS)
def test_a_school_without_a_movement_is_told_what_comes_next(name, client, world, newcomer):
    client.force_login(newcomer)
    answer = client.get(LISTS[name])
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Chưa có phong trào nào." in page
    assert str(world.movement) not in page


@pytest.mark.parametrize("name", LISTS)
def test_who_keeps_nothing_finds_no_such_page(name, client, world):
    client.force_login(world.other_teacher)
    assert client.get(LISTS[name]).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_who_keeps_a_movement_finds_it(name, client, world):
    client.force_login(world.administrator)
    page = client.get(LISTS[name]).content.decode()
    assert str(world.movement) in page
    assert "Chưa có phong trào nào." not in page
