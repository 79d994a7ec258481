"""Whose targets a person sees and enters: every office × unit × page, and another school."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import transaction
from django.urls import reverse

from people.models import Membership, Unit, User
from people.roles import Role
from tests.world import OFFICES
from workflow.models import Audience, Movement, Round, Target

OVER_THE_SCHOOL = {
    "clerk", "secretary", "council", "council_peer", "vice_principal", "principal", "superior",
}  # fmt: skip
OF_MATHS = {"author", "co_author", "colleague", "employee", "deputy", "head"}
SEES = {
    "maths": OF_MATHS | OVER_THE_SCHOOL,
    "letters": {"other_teacher", "other_head"} | OVER_THE_SCHOOL,
    "school": OVER_THE_SCHOOL,
    "foreign": {"foreign_principal", "superior"},
    "authority": {"superior"},
}
ENTERS = {
    "maths": {"head", "clerk", "principal"},
    "letters": {"other_head", "clerk", "principal"},
    "school": {"clerk", "principal"},
    "foreign": {"foreign_principal"},
}
PEOPLE = (*OFFICES, "foreign_principal", "anonymous")


@pytest.fixture
def targets(world) -> dict[str, Target]:
    """A target of each of two schools, each with its movement."""
    foreign = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    world.units["foreign"] = foreign
    user = User.objects.create_user("foreign_principal@example.test", full_name="Foreign")
    Membership.objects.create(
        user=user, unit=foreign, role=Role.PRINCIPAL, starts_on=date(2025, 1, 1)
    )
    world.people["foreign_principal"] = user
    other = Movement.objects.create(
        unit=foreign, code="KHAC", name="Khác",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    Round.objects.create(
        movement=other, year=2025, number=1, name="Đợt 1", opens_on=date(2025, 1, 1)
    )
    return {name: _target(movement) for name, movement in
            (("own", world.movement), ("foreign", other))}  # fmt: skip


def _target(movement: Movement) -> Target:
    return Target.objects.create(
        movement=movement, audience=Audience.COLLECTIVE, code="TT1", short="Ký số", text="…",
        measure="%", required=90, maximum=100,
    )  # fmt: skip


def enter_address(targets, world, unit):
    target = targets["foreign" if unit == "foreign" else "own"]
    return reverse("reports:target_entry", args=[target.pk, world.units[unit].pk, 2025])


@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_of_a_unit_answers_as_declared(person, client, world, targets):
    if person != "anonymous":
        client.force_login(world.people[person])
    wrong = []
    for unit, who in SEES.items():
        status = client.get(f"{reverse('reports:targets')}?unit={world.units[unit].pk}").status_code
        wanted = 302 if person == "anonymous" else 200 if person in who else 404
        if status != wanted:
            wrong.append(f"{unit}: {status}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("person", PEOPLE)
def test_the_table_of_a_unit_answers_as_its_page(person, client, world, targets):
    if person != "anonymous":
        client.force_login(world.people[person])
    for unit, who in SEES.items():
        for form in ("csv", "xlsx"):
            where = f"{reverse(f'reports:targets_{form}')}?unit={world.units[unit].pk}"
            wanted = 200 if person in who and unit != "authority" else 404
            wanted = 302 if person == "anonymous" else wanted
            assert client.get(where).status_code == wanted, (unit, form)


def test_the_table_holds_the_lines_with_formulas_as_text(client, world, targets):
    client.force_login(world.head)
    entered = {"seen": 0, "value": "95.5", "note": "=1+1", "proof": "@x"}
    client.post(enter_address(targets, world, "maths"), entered)
    answer = client.get(f"{reverse('reports:targets_csv')}?unit={world.units['maths'].pk}")
    (row,) = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert row[0] == "TT1"
    assert row[4:6] == ["90,00", "95,50"]
    assert row[7:10] == ["'=1+1", "'@x", str(world.head)]


@pytest.mark.parametrize("person", PEOPLE)
def test_entering_answers_as_declared(person, client, world, targets):
    if person != "anonymous":
        client.force_login(world.people[person])
    wrong = []
    for unit, who in ENTERS.items():
        where = enter_address(targets, world, unit)
        shown = client.get(where)
        with transaction.atomic():
            sent = client.post(where, {"seen": 0, "value": "95", "note": "", "proof": ""})
            transaction.set_rollback(True)
        if person == "anonymous":
            wanted = (302, 302)
        elif person not in SEES[unit]:
            wanted = (404, 404)
        else:
            wanted = (200, 302 if person in who else 403)
            if ("form" in shown.context and shown.context["form"] is not None) != (person in who):
                wrong.append(f"{unit}: the form is shown to the wrong person")
        if (shown.status_code, sent.status_code) != wanted:
            wrong.append(f"{unit}: {shown.status_code}, {sent.status_code}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("person", PEOPLE)
def test_the_address_alone_leads_to_what_the_person_oversees(person, client, world, targets):
    if person != "anonymous":
        client.force_login(world.people[person])
    answer = client.get(reverse("reports:targets"))
    if person == "anonymous":
        assert answer.status_code == 302
        return
    assert answer.status_code == 200
    shown = {name for name, unit in world.units.items() if answer.context.get("unit") == unit}
    highest = next(
        (name for name in ("authority", "school", "maths", "letters", "foreign")
         if person in SEES[name]), None
    )  # fmt: skip
    assert shown == ({highest} if highest else set())


def test_what_fits_nowhere_is_not_found(client, world, targets):
    client.force_login(world.principal)
    own, unit = targets["own"].pk, world.units["maths"].pk
    for arguments in (
        (targets["foreign"].pk, unit, 2025),  # another school's target
        (own, unit, 2024),  # a year without a round
        (own, unit, 2026),  # one that has not begun
        (own, world.units["authority"].pk, 2025),
        (999_999, unit, 2025),
    ):
        assert client.get(reverse("reports:target_entry", args=arguments)).status_code == 404
    Target.objects.filter(pk=own).update(computed="coverage")
    assert client.get(enter_address(targets, world, "maths")).status_code == 404


@pytest.mark.parametrize("unit", ["x", "-1", "999999", "1e9", "9" * 30])
def test_a_unit_that_is_none_is_not_found(unit, client, world, targets):
    client.force_login(world.superior)
    assert client.get(f"{reverse('reports:targets')}?unit={unit}").status_code == 404


@pytest.mark.parametrize("query", ["year=x", "year=1900", "movement=x", "page=x", "year=99999999"])
def test_other_nonsense_is_passed_over(query, client, world, targets):
    for who in ("superior", "principal"):
        client.force_login(world.people[who])
        assert client.get(f"{reverse('reports:targets')}?{query}").status_code == 200


def test_the_authority_sees_the_sums_of_its_schools(client, world, targets):
    world.at("registered")
    client.force_login(world.superior)
    answer = client.get(reverse("reports:targets"))
    rows = {row["unit"].short_name: row["tally"] for row in answer.context["rows"]}
    assert set(rows) == {"Phú Hòa", "Khác"}
    assert rows["Khác"]["missing"] == 1
    sums = [(ratio.part, ratio.whole) for _label, ratio in answer.context["sums"]]
    # 2 departments, one covered; 15 people of one school and one of the other, two of them
    # authors; the registration was in time, the report never came
    assert sums == [(1, 2), (2, 16), (1, 2)]
    client.force_login(world.clerk)
    client.post(
        enter_address(targets, world, "school"),
        {"seen": 0, "value": "95", "note": "", "proof": ""},
    )
    client.force_login(world.superior)
    rows = {
        row["unit"].short_name: row["tally"]
        for row in client.get(reverse("reports:targets")).context["rows"]
    }
    assert rows["Phú Hòa"]["met"] == 1
