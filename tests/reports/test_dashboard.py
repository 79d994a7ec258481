"""The movement at a glance adds up, within what the reader may see."""

import pytest
from django.urls import reverse

from reports.figures import Scope, by_department, funnel
from tests.world import PATH
from workflow.models import WorkItem


@pytest.fixture
def one_of_each(world):
    """An initiative at every point of a life in maths, and none in letters."""
    for situation in PATH:
        world.at(situation)
    return world


def scope(world, office, year=None):
    return Scope(world.movement, year, world.people[office], world.now)


def stages(world, office, year=None):
    return {stage.name: stage.count for stage in funnel(scope(world, office, year))}


def test_the_funnel_counts_who_came_this_far_or_further(one_of_each):
    assert stages(one_of_each, "principal") == {
        "put_forward": 10, "registered": 7, "reported": 4, "evaluated": 1, "recognised": 1,
        "replicated": 0,
    }  # fmt: skip


def test_the_funnel_leaves_out_what_the_reader_may_not_see(one_of_each):
    assert stages(one_of_each, "colleague")["put_forward"] == 7  # no drafts
    assert not any(stages(one_of_each, "other_head").values())


def test_what_was_withdrawn_is_in_no_stage(world):
    initiative = world.at("registered")
    assert stages(world, "head")["registered"] == 1
    world.do("author", "withdraw", initiative)
    assert not any(stages(world, "head").values())


def test_a_department_without_registration_shows_as_not_covered(one_of_each):
    rows = by_department(scope(one_of_each, "principal"))
    assert [(row.unit.short_name, row.registered, row.reported, row.covered) for row in rows] == [
        ("Tổ Ngữ văn", 0, 0, False),
        ("Tổ Toán", 7, 4, True),
    ]


def test_a_head_sees_the_own_department_alone(one_of_each):
    rows = by_department(scope(one_of_each, "head"))
    assert [row.unit.short_name for row in rows] == ["Tổ Toán"]


def test_an_initiative_with_two_late_items_counts_once(one_of_each):
    world = one_of_each
    world.later(days=400)
    rows = {row.unit: row for row in by_department(scope(world, "principal"))}
    assert rows[world.units["maths"]].late == len(PATH) - 1  # all but the evaluated one
    assert WorkItem.objects.overdue(world.now).count() == len(PATH) - 1


def test_another_year_is_empty(one_of_each):
    assert not any(stages(one_of_each, "principal", one_of_each.now.year + 1).values())


def test_the_page_shows_the_figures(one_of_each, client):
    client.force_login(one_of_each.principal)
    response = client.get(reverse("reports:dashboard"))
    assert response.context["covered"] == 1
    assert len(response.context["rows"]) == 2
    assert str(one_of_each.movement) in response.content.decode()


def test_the_page_says_what_comes_next_when_there_is_nothing(world, client):
    client.force_login(world.principal)
    response = client.get(reverse("reports:dashboard"))
    assert response.status_code == 200
    assert response.context["movement"] is None
