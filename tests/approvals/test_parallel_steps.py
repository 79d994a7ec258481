"""Steps of one position are asked at the same time, in any order, and all must agree."""

import pytest

from approvals.refusal import Refused
from tests.approvals.routes import COUNCIL, HEAD, PRINCIPAL, VICE_PRINCIPAL
from workflow.models import State, WorkItem

SIDE_BY_SIDE = (
    {"position": 1, **HEAD},
    {"position": 1, **VICE_PRINCIPAL},
    {"position": 2, **PRINCIPAL},
)


@pytest.fixture
def pending(world):
    world.route("register", *SIDE_BY_SIDE)
    initiative = world.draft()
    world.do("author", "submit", initiative)
    return initiative


def waiting_for(initiative):
    items = WorkItem.objects.open().filter(initiative=initiative)
    return sorted(items.values_list("role", flat=True))


def test_both_are_asked_at_once(pending):
    assert waiting_for(pending) == ["head", "vice_principal"]


@pytest.mark.parametrize("order", [("head", "vice_principal"), ("vice_principal", "head")])
def test_the_next_step_waits_for_both_in_either_order(order, pending, world):
    first, second = order
    world.do(first, "approve", pending)
    assert waiting_for(pending) == [second]
    world.do(second, "approve", pending)
    assert waiting_for(pending) == ["principal"]
    world.do("principal", "approve", pending)
    assert pending.state == State.REGISTERED


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_one_refusal_ends_the_step_of_the_other_too(verdict, pending, world):
    world.do("vice_principal", verdict, pending, comment="Chưa rõ.")
    assert pending.pending is None
    with pytest.raises(Refused):
        world.do("head", "approve", pending)


def test_taking_back_reopens_only_what_the_decision_closed(pending, world):
    world.do("head", "approve", pending)
    world.do("vice_principal", "approve", pending)
    world.do("vice_principal", "undo", pending)
    assert waiting_for(pending) == ["vice_principal"]


def test_taking_a_refusal_back_asks_both_again(pending, world):
    world.do("head", "return", pending, comment="Chưa rõ.")
    world.do("head", "undo", pending)
    assert waiting_for(pending) == ["head", "vice_principal"]


def test_the_step_that_was_seen_is_the_one_decided(world):
    """Somebody with both posts answers the form they sent, not the first step found."""
    world.join("head", "school", "council")
    second = {"position": 1, "same_person": True, **COUNCIL}
    world.route("register", {"position": 1, **HEAD}, second)
    initiative = world.draft()
    world.do("author", "submit", initiative)
    seen = initiative.work_items.get(role="council")
    world.do("head", "approve", initiative, work_item=seen.pk)
    assert waiting_for(initiative) == ["head"]
