"""The worklist's views: what waits for me, what for those I stand in for, what my unit owes."""

import pytest
from django.urls import reverse

from approvals.worklist import PAGE, Show, waiting
from people.models import Delegation
from people.roles import Role
from workflow.deadlines import local_day
from workflow.models import WorkItem

WORKLIST = reverse("approvals:worklist")


@pytest.fixture
def school(world):
    """One step with the head, one with the principal, and a report that an author owes."""
    for situation in ("with_head", "with_principal", "in_progress"):
        world.at(situation)
    return world


def lend(world, delegate):
    today = local_day(world.now)
    Delegation.objects.create(
        delegator=world.head, delegate=world.people[delegate], unit=world.units["maths"],
        role=Role.HEAD, starts_on=today, ends_on=today, reason="Đi công tác",
    )  # fmt: skip


def seen(world, who, show=Show.MINE):
    found = waiting(world.people[who], local_day(world.now), None, show)
    return sorted(item.role or item.duty for item in found.page), found.counts


@pytest.mark.parametrize(
    ("who", "mine", "unit"),
    [
        ("head", ["head"], ["head", "principal", "report"]),
        ("principal", ["principal"], ["head", "principal", "report"]),
        ("other_head", [], []),
        ("author", ["report"], None),
    ],
)
def test_what_each_view_holds(who, mine, unit, school):
    found, counts = seen(school, who)
    assert found == mine
    if unit is None:
        assert counts == {}
    else:
        assert counts == {Show.MINE: len(mine), Show.UNIT: None}
        owed, counts = seen(school, who, Show.UNIT)
        assert owed == unit
        assert counts == {Show.MINE: len(mine), Show.UNIT: len(unit)}


def test_a_delegate_has_a_view_of_what_was_lent(school):
    lend(school, "author")
    own_dossiers_excluded, counts = seen(school, "author", Show.LENT)
    assert own_dossiers_excluded == []
    lend(school, "colleague")
    found, counts = seen(school, "colleague", Show.LENT)
    assert found == ["head"]
    assert counts[Show.LENT] == 1


def test_the_count_is_that_of_the_query_on_every_page(world):
    for _one in range(PAGE + 3):
        world.at("with_head")
    today = local_day(world.now)
    pages = [waiting(world.head, today, number) for number in ("1", "2")]
    found = [item.pk for one in pages for item in one.page]
    expected = WorkItem.objects.awaiting(world.head, today).order_by("due_at", "pk")
    assert found == list(expected.values_list("pk", flat=True))
    assert pages[0].page.paginator.count == PAGE + 3


@pytest.mark.parametrize("page", ["0", "999", "x", "-1", ""])
def test_a_page_that_is_not_there_is_the_nearest(page, school, client):
    client.force_login(school.head)
    assert client.get(WORKLIST, {"page": page}).status_code == 200


@pytest.mark.parametrize("show", ["nonsense", "lent", "unit", ""])
def test_a_view_the_person_does_not_have_is_their_own(show, school, client):
    client.force_login(school.author)
    answer = client.get(WORKLIST, {"show": show})
    assert [item.duty for item, *_rest in answer.context["rows"]] == ["report"]


def test_what_the_unit_owes_says_who_and_is_ticked_only_to_be_chased(school, client):
    client.force_login(school.head)
    page = client.get(WORKLIST, {"show": "unit"})
    assert str(Role.PRINCIPAL.label) in page.content.decode()
    assert 'form="chase"' in page.content.decode()
    assert 'form="together"' not in page.content.decode()


NEXT_STEPS = {
    "clerk": {"reports:documents"},
    "administrator": {"approvals:rounds"},
    "other_head": {"approvals:new"},
}


@pytest.mark.parametrize("who", NEXT_STEPS)
def test_whoever_owes_nothing_is_led_to_their_own_work(who, world, client):
    client.force_login(world.people[who])
    page = client.get(WORKLIST).content.decode()
    empty = page[page.index('class="empty"') :]
    every = set().union(*NEXT_STEPS.values())
    led = {name for name in every if f'href="{reverse(name)}"' in empty}
    assert led == NEXT_STEPS[who]
