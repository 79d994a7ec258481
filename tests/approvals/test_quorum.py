"""Any one, all, or so many of those who hold a role must agree."""

from decimal import Decimal

import pytest

from approvals.refusal import Refused
from people.models import Delegation
from tests.approvals.routes import (
    ALL,
    COUNCIL,
    GRADE,
    HEAD,
    PRINCIPAL,
    SCORES,
    SOME,
    VICE_PRINCIPAL,
)
from workflow.deadlines import local_day
from workflow.models import State, WorkItem

MEMBERS = ("council", "council_peer", "secretary")


@pytest.fixture
def council(world):
    """A council of three."""
    world.join("secretary", "school", "council")
    return world


def submitted(world, *steps):
    world.route("register", *steps)
    initiative = world.draft()
    world.do("author", "submit", initiative)
    return initiative


def asked(initiative):
    items = WorkItem.objects.open().filter(initiative=initiative)
    return {item.person.full_name if item.person else item.role for item in items}


@pytest.mark.parametrize(
    ("quorum", "enough"), [({}, 1), (SOME | {"needed": 2}, 2), (ALL, 3)], ids=["any", "two", "all"]
)
def test_the_gate_passes_when_enough_have_agreed_and_not_before(quorum, enough, council):
    initiative = submitted(council, COUNCIL | quorum)
    for number, name in enumerate(MEMBERS[:enough], start=1):
        assert initiative.state == State.DRAFT, f"passed after {number - 1}"
        council.do(name, "approve", initiative)
    assert initiative.state == State.REGISTERED
    assert not WorkItem.objects.open().filter(initiative=initiative, duty="decide").exists()


def test_each_of_all_is_asked_by_name(council):
    initiative = submitted(council, COUNCIL | ALL)
    assert asked(initiative) == {"Council", "Council Peer", "Secretary"}
    council.do("council_peer", "approve", initiative)
    assert asked(initiative) == {"Council", "Secretary"}


def test_nobody_has_two_votes(council):
    initiative = submitted(council, COUNCIL | ALL | {"same_person": True})
    council.do("council_peer", "approve", initiative)
    with pytest.raises(Refused):
        council.do("council_peer", "approve", initiative)


def test_an_author_is_not_counted_among_all(council):
    council.join("author", "school", "council")
    initiative = submitted(council, COUNCIL | ALL)
    assert asked(initiative) == {"Council", "Council Peer", "Secretary"}


def test_more_than_there_are_is_refused_at_once(council):
    with pytest.raises(Refused, match="hội đồng"):
        submitted(council, COUNCIL | SOME | {"needed": 4})


def test_taking_back_the_last_vote_asks_those_again_whom_it_spared(council):
    initiative = submitted(council, COUNCIL | SOME | {"needed": 2}, PRINCIPAL)
    council.do("council_peer", "approve", initiative)
    council.do("council", "approve", initiative)
    assert asked(initiative) == {"principal"}
    council.do("council", "undo", initiative)
    assert asked(initiative) == {"Council", "Secretary"}


def test_the_score_is_the_mean_of_all_who_scored(council):
    council.route("evaluate", COUNCIL | ALL | SCORES, PRINCIPAL | GRADE)
    initiative = council.at("scoring")
    totals = {"council": (30, 50), "council_peer": (20, 45), "secretary": (40, 60)}
    for name, (novelty, effect) in totals.items():
        council.do(name, "approve", initiative, scores={"novelty": novelty, "effect": effect})
    assert initiative.score == Decimal("81.67")
    council.do("secretary", "undo", initiative)
    assert initiative.score == Decimal("72.50")


def lend(world, lender, delegate, role, unit):
    today = local_day(world.now)
    Delegation.objects.create(
        delegator=world.people[lender], delegate=world.people[delegate], role=role,
        unit=world.units[unit], starts_on=today, ends_on=today, reason="Đi vắng",
    )  # fmt: skip


def test_a_delegate_answers_for_a_holder_and_is_not_asked_besides(council):
    lend(council, "council", "head", "council", "school")
    initiative = submitted(council, COUNCIL | ALL)
    assert asked(initiative) == {"Council", "Council Peer", "Secretary"}
    for name in ("head", "council_peer", "secretary"):
        council.do(name, "approve", initiative)
    assert initiative.state == State.REGISTERED


def test_a_post_whose_holder_is_an_author_gives_way_even_when_it_is_lent(world):
    lend(world, "head", "colleague", "head", "maths")
    world.route("register", HEAD, VICE_PRINCIPAL)
    initiative = world.draft(lead="head", co_authors=())
    world.do("head", "submit", initiative)
    assert asked(initiative) == {"principal"}
