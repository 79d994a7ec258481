"""A route that nobody could complete is found before anybody walks it."""

import pytest

from workflow.feasibility import completable, mistake
from workflow.models import Base, RouteStep
from workflow.routing import Asked

ANNA, BINH, CHI = 1, 2, 3


def step(position, people, quorum="any", needed=None, same=False):
    row = RouteStep(position=position, quorum=quorum, needed=needed, same_person=same)
    return Asked(row, (1, "head"), frozenset(people))


ROUTES = {
    "one each": ([step(1, {ANNA}), step(2, {BINH})], True),
    "the same one twice": ([step(1, {ANNA}), step(2, {ANNA})], False),
    "the same one twice, allowed": ([step(1, {ANNA}), step(2, {ANNA}, same=True)], True),
    "allowed first, but not later": ([step(1, {ANNA}, same=True), step(2, {ANNA})], False),
    "the choice matters": ([step(1, {ANNA, BINH}), step(2, {ANNA})], True),
    "two of the same two": ([step(1, {ANNA, BINH}), step(2, {ANNA, BINH})], True),
    "three of the same two": (
        [step(number, {ANNA, BINH}) for number in (1, 2, 3)], False,
    ),
    "all, then one of them": ([step(1, {ANNA, BINH}, "all"), step(2, {ANNA})], False),
    "all, then one of them, allowed": (
        [step(1, {ANNA, BINH}, "all"), step(2, {ANNA}, same=True)], True,
    ),
    "two of three, then the third": (
        [step(1, {ANNA, BINH, CHI}, "some", 2), step(2, {CHI})], True,
    ),
    "side by side, the same one": ([step(1, {ANNA}), step(1, {ANNA})], False),
    "side by side, the same one, allowed": (
        [step(1, {ANNA}), step(1, {ANNA}, same=True)], True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROUTES)
def test_a_route_is_completable_when_there_is_somebody_for_every_voice(name):
    route, expected = ROUTES[name]
    assert completable(route) is expected


def test_a_large_council_is_judged_at_once():
    many = set(range(40))
    assert completable([step(1, many, "all"), step(2, many, "all", same=True)])
    assert not completable([step(1, many, "all"), step(2, many)])


GATES = {
    "nothing": ("register", [], False),
    "agreement": ("register", ["agreement"], True),
    "scores at the registration": ("register", ["scores"], False),
    "scores, then a grade": ("evaluate", ["scores", "grade"], True),
    "a grade without scores": ("evaluate", ["agreement", "grade"], False),
    "a grade before the scores": ("evaluate", ["grade", "scores"], False),
    "a vote alone gives no score": ("evaluate", ["vote", "grade"], False),
    "scores, a vote, a grade": ("evaluate", ["scores", "vote", "grade"], True),
    "scores with a vote, then a grade": ("evaluate", ["both", "grade"], True),
    "two votes": ("evaluate", ["both", "vote", "grade"], False),
    "a grade before the vote": ("evaluate", ["scores", "grade", "vote"], False),
    "a vote at the registration": ("register", ["vote"], False),
    "scores alone": ("evaluate", ["scores"], False),
    "two grades": ("evaluate", ["scores", "grade", "grade"], False),
}


@pytest.mark.parametrize("name", GATES)
def test_a_gate_asks_what_it_needs(name):
    gate, asks, fine = GATES[name]
    steps = [RouteStep(position=number, asks=one) for number, one in enumerate(asks, start=1)]
    assert (mistake(gate, steps) == "") is fine


def test_a_vote_counted_among_those_present_needs_attendance():
    def steps(attendance):
        rule = {"base": Base.PRESENT, "attendance": attendance}
        return [RouteStep(position=1, asks="both", **rule), RouteStep(position=2, asks="grade")]

    assert mistake("evaluate", steps(None)) != ""
    assert mistake("evaluate", steps(66)) == ""
