"""A permission lasts exactly as long as its reason."""

from datetime import date, timedelta

import pytest

from people.grants import grant
from people.holdings import holdings, offices, paths
from people.models import Delegation, Grant, Membership, Unit
from people.roles import NEXT_UP, PERMISSIONS, Role

TODAY = date(2025, 3, 3)
DAY = timedelta(days=1)


def may_decide(user, unit, today=TODAY) -> bool:
    return any(one.post == (unit.pk, Role.HEAD) for one in offices(user, today))


@pytest.fixture
def delegation(world):
    return Delegation.objects.create(
        delegator=world.head, delegate=world.deputy, unit=world.units["maths"], role=Role.HEAD,
        starts_on=TODAY, ends_on=TODAY + 2 * DAY, reason="Đi công tác",
    )  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_permissions_written_as_grants(role, world):
    membership = Membership.objects.create(
        user=world.author, unit=world.units["letters"], role=role, starts_on=TODAY
    )
    written = Grant.objects.filter(membership=membership)
    assert set(written.values_list("permission__codename", flat=True)) == PERMISSIONS[role]


def test_every_role_has_someone_above_or_is_the_top():
    assert set(PERMISSIONS) == set(Role)
    assert set(Role) - set(NEXT_UP) == {Role.SUPERIOR, Role.ADMINISTRATOR}


def test_a_membership_counts_from_its_first_day_to_its_last(world):
    unit = world.units["letters"]
    Membership.objects.create(
        user=world.author, unit=unit, role=Role.HEAD, starts_on=TODAY, ends_on=TODAY + DAY
    )
    days = [TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert [may_decide(world.author, unit, day) for day in days] == [False, True, True, False]


def test_a_person_who_left_holds_nothing(world):
    world.head.is_active = False
    world.head.save()
    assert not offices(world.head, TODAY)
    assert not paths(world.head, TODAY, "see_dossiers")


def test_a_changed_role_changes_the_grants_at_once(world):
    membership = world.head.memberships.get()
    membership.role = Role.TEACHER
    membership.save()
    assert not offices(world.head, TODAY)


def test_a_unit_that_takes_the_key_of_a_deleted_one_inherits_nothing(world):
    unit = Unit.objects.create(
        parent=world.units["school"], kind="department", name="Tổ Sử", short_name="Sử"
    )
    Membership.objects.create(user=world.author, unit=unit, role=Role.HEAD, starts_on=TODAY)
    key = unit.pk
    unit.delete()
    again = Unit.objects.create(
        pk=key, parent=world.units["school"], kind="department", name="Tổ Địa", short_name="Địa"
    )
    assert not may_decide(world.author, again)


def test_a_delegate_holds_the_role_on_the_days_named(world, delegation):
    unit = world.units["maths"]
    days = [TODAY - DAY, TODAY, TODAY + 2 * DAY, TODAY + 3 * DAY]
    assert [may_decide(world.deputy, unit, day) for day in days] == [False, True, True, False]


def test_a_delegate_holds_it_on_behalf_of_the_delegator(world, delegation):
    held = holdings(world.units["maths"].line, TODAY, world.deputy)
    behalf = {
        one.on_behalf_of_id
        for one in held
        if (one.user, one.role, one.permission) == (world.deputy, Role.HEAD, "decide")
    }
    assert behalf == {world.head.pk}


def test_a_delegation_dies_when_its_delegator_loses_the_role(world, delegation):
    world.head.memberships.update(ends_on=TODAY - DAY)
    assert not may_decide(world.deputy, world.units["maths"])


def test_a_deleted_delegation_takes_its_grants_along(world, delegation):
    delegation.delete()
    assert not may_decide(world.deputy, world.units["maths"])


def test_writing_grants_again_changes_nothing(world):
    membership = world.head.memberships.get()
    before = Grant.objects.count()
    grant([membership])
    assert Grant.objects.count() == before


def test_what_somebody_holds_reaches_down_the_tree_and_not_up(world):
    assert paths(world.principal, TODAY, "see_dossiers") == [world.units["school"].path]
    assert paths(world.head, TODAY, "see_dossiers") == [world.units["maths"].path]
