"""SQL that is kept answers like the queryset it was made from, for values of every kind."""

import threading
from contextlib import closing
from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from people.models import Membership, User
from people.prepared import Prepared
from people.roles import Role

pytestmark = pytest.mark.both_databases


def in_office(unit: int, day: date, role: str):
    return (
        Membership.objects.in_force(day)
        .filter(unit=unit, role=role)
        .select_related("user", "unit__parent")
        .order_by("pk")
    )


def of_units(units: tuple[int, ...], but: int | None, active: bool):
    found = User.objects.filter(memberships__unit__in=units, is_active=active).order_by("pk")
    return found.exclude(pk=but) if but else found


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD, Role.PRINCIPAL])
@pytest.mark.parametrize("unit", ["maths", "letters", "school"])
def test_the_rows_are_those_of_the_queryset(unit, role, world):
    asked = Prepared(in_office)
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 1)):
        values = {"unit": world.units[unit].pk, "day": day, "role": str(role)}
        assert asked(**values) == list(in_office(**values))


def test_what_is_selected_along_costs_no_more_statements(world):
    asked = Prepared(in_office)
    values = {"unit": world.units["maths"].pk, "day": date(2025, 6, 1), "role": "head"}
    for _first_and_again in range(2):
        with CaptureQueriesContext(connection) as queries:
            (found,) = asked(**values)
            assert found.user == world.head
            assert found.unit.parent == world.units["school"]
        assert len(queries) == 1


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("but", [None, "head"])
@pytest.mark.parametrize("active", [True, False])
def test_a_none_a_boolean_and_the_length_of_a_tuple_each_have_their_sql(count, but, active, world):
    asked = Prepared(of_units)
    world.colleague.is_active = False
    world.colleague.save()
    for shift in (0, 1):
        units = [unit.pk for unit in world.units.values()][shift : shift + count]
        values = {"units": tuple(units), "but": but and world.people[but].pk, "active": active}
        assert asked(**values) == list(of_units(**values))
    assert len(asked.plans) == 1


def test_a_condition_on_a_constant_stays_constant(world):
    asked = Prepared(lambda key: User.objects.filter(Q(pk=key) | Q(email="head@example.test")))
    found = asked(key=world.author.pk)
    assert {user.pk for user in found} == {world.author.pk, world.head.pk}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one connection in memory")
def test_it_answers_in_another_thread(committed_world):
    asked, found = Prepared(in_office), []
    values = {"unit": committed_world.units["maths"].pk, "day": date(2025, 6, 1), "role": "head"}
    asked(**values)

    def ask() -> None:
        with closing(connection):
            found.extend(asked(**values))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert [one.user for one in found] == [committed_world.head]


def test_a_beginning_is_escaped_like_a_lookup(world):
    asked = Prepared(lambda beginning: User.objects.filter(email__startswith=beginning))
    for beginning in ("head", "he%", "h_ad", "author"):
        assert asked(beginning=beginning) == list(User.objects.filter(email__startswith=beginning))


def test_named_columns_come_as_tuples_in_the_order_asked_for(world):
    def build(unit: int, day: date):
        found = Membership.objects.in_force(day).filter(unit=unit).order_by("pk")
        return found.annotate(name=F("user__full_name")).values_list("starts_on", "name", "role")

    values = {"unit": world.units["maths"].pk, "day": date(2025, 6, 1)}
    assert Prepared(build)(**values) == list(build(**values))
