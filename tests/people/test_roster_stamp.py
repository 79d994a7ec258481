"""Whatever changes who holds what renews the stamp, whichever way it was written."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from people.holdings import holdings
from people.models import Absence, Delegation, Grant, Membership, RosterStamp, User
from people.roles import Role
from people.triggers import ROSTER

pytestmark = pytest.mark.both_databases
TODAY = date(2025, 3, 3)
DAY = timedelta(days=1)


def a_membership(world):
    return Membership.objects.create(
        user=world.colleague, unit=world.units["maths"], role=Role.HEAD, starts_on=TODAY
    )


def a_delegation(world):
    return Delegation.objects.create(
        delegator=world.head,
        delegate=world.deputy,
        unit=world.units["maths"],
        role=Role.HEAD,
        starts_on=TODAY,
        ends_on=TODAY + DAY,
        reason="Đi công tác",
    )


def an_absence(world):
    return Absence.objects.create(user=world.head, starts_on=TODAY, ends_on=TODAY, reason="Ốm")


def a_grant(world):
    return Grant.objects.create(
        user=world.author,
        content_object=world.units["maths"],
        permission=Permission.objects.get(codename="decide"),
        membership=world.author.memberships.get(),
    )


MADE = {
    "people_membership": a_membership,
    "people_delegation": a_delegation,
    "people_absence": an_absence,
    "people_grant": a_grant,
}
CHANGED: dict[str, dict[str, Any]] = {
    "people_membership": {"ends_on": TODAY - DAY, "starts_on": TODAY - 2 * DAY},
    "people_delegation": {"starts_on": TODAY + DAY},
    "people_absence": {"ends_on": TODAY + DAY},
    "people_grant": {"user": "other_head"},
}
KNOWN = {"email": "x@example.test", "full_name": "X", "language": "en", "is_active": False}


def stamp():
    return RosterStamp.objects.get().word


def kept_and_true(world):
    line = world.units["maths"].line
    return holdings(line, TODAY, None, stamp()), holdings(line, TODAY)


def test_every_table_with_its_events_is_in_the_tables_of_this_file():
    assert set(ROSTER.events) == {*MADE, "people_user"} == {*CHANGED, "people_user"}


@pytest.mark.parametrize("table", MADE)
def test_a_row_made_renews_the_stamp(table, world):
    before = stamp()
    MADE[table](world)
    assert stamp() != before
    kept, true = kept_and_true(world)
    assert kept == true


@pytest.mark.parametrize("table", CHANGED)
def test_a_row_changed_by_a_bare_update_renews_the_stamp(table, world):
    row = MADE[table](world)
    kept_and_true(world)
    before = stamp()
    values = {name: world.people.get(value, value) for name, value in CHANGED[table].items()}
    type(row).objects.filter(pk=row.pk).update(**values)
    assert stamp() != before
    kept, true = kept_and_true(world)
    assert kept == true


@pytest.mark.parametrize("table", MADE)
def test_a_row_deleted_by_hand_renews_the_stamp(table, world):
    row = MADE[table](world)
    if table in {"people_membership", "people_delegation"}:
        Grant.objects.filter(**{table.removeprefix("people_"): row}).delete()
    kept_and_true(world)
    before = stamp()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])
    assert stamp() != before
    kept, true = kept_and_true(world)
    assert kept == true


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_of_a_person_renews_the_stamp(name, world):
    kept_and_true(world)
    before = stamp()
    User.objects.filter(pk=world.head.pk).update(**{name: KNOWN[name]})
    assert stamp() != before
    kept, true = kept_and_true(world)
    assert kept == true
    assert all(one.user.email != world.head.email for one in kept) or name != "email"


def test_signing_in_leaves_the_stamp(client, world):
    before = stamp()
    client.force_login(world.head)
    assert stamp() == before


def test_a_membership_that_ends_counts_no_longer_although_it_was_kept(world):
    kept, _true = kept_and_true(world)
    assert world.head in {one.user for one in kept if one.role == Role.HEAD}
    world.head.memberships.update(ends_on=TODAY - DAY)
    kept, _true = kept_and_true(world)
    assert world.head not in {one.user for one in kept if one.role == Role.HEAD}


def test_without_its_trigger_a_kept_row_outlives_its_reason(world):
    """The control: it is the triggers that make keeping safe."""
    kept_and_true(world)
    where = "" if connection.vendor == "sqlite" else " ON people_membership"
    with connection.cursor() as cursor:
        for name, table, _event in ROSTER.names():
            if table == "people_membership":
                cursor.execute(f"DROP TRIGGER {name}{where}")
    world.head.memberships.update(ends_on=TODAY - DAY)
    kept, true = kept_and_true(world)
    assert kept != true
