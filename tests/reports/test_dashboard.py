"""The movement at a glance adds up, within what the reader may see."""

import pytest
from django.urls import reverse

from reports.figures import by_department, funnel
from tests.world import PATH
from workflow.models import State, WorkItem


@pytest.fixture
def one_of_each(world):
    """An initiative at every point of a life in maths, and one registered in letters."""
    for situation in PATH:
        world.at(situation)
    return world


def counts(world, office):
    bars = funnel(world.movement, None, world.people[office], world.now)
    return {bar.name: bar.count for bar in bars if bar.count}


def test_the_funnel_counts_every_state(one_of_each):
    assert counts(one_of_each, "principal") == {
        State.DRAFT: 3, State.REGISTERED: 1, State.IN_PROGRESS: 2, State.REPORTED: 3,
        State.EVALUATED: 1,
    }  # fmt: skip


def test_the_funnel_leaves_out_what_the_reader_may_not_see(one_of_each):
    assert State.DRAFT not in counts(one_of_each, "colleague")
    assert counts(one_of_each, "other_head") == {}


def test_a_bar_is_as_wide_as_its_share_of_the_longest(one_of_each):
    bars = funnel(one_of_each.movement, None, one_of_each.principal, one_of_each.now)
    assert {bar.count: bar.width for bar in bars} == {3: 100, 2: 67, 1: 33, 0: 0}


def test_a_department_without_registration_shows_as_not_covered(one_of_each):
    world = one_of_each
    rows = by_department(world.movement, None, world.principal, world.now)
    assert [(row.unit.short_name, row.registered, row.reported, row.covered) for row in rows] == [
        ("Tổ Ngữ văn", 0, 0, False),
        ("Tổ Toán", 7, 4, True),
    ]


def test_an_initiative_with_two_late_items_counts_once(one_of_each):
    world = one_of_each
    world.later(days=400)
    rows = {r.unit: r for r in by_department(world.movement, None, world.principal, world.now)}
    assert rows[world.units["maths"]].late == len(PATH) - 1  # all but the evaluated one
    assert WorkItem.objects.overdue(world.now).count() == len(PATH) - 1


def test_another_year_is_empty(one_of_each):
    world = one_of_each
    bars = funnel(world.movement, world.now.year + 1, world.principal, world.now)
    assert not any(bar.count for bar in bars)


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
