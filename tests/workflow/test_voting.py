"""Counting a vote: threshold × base × votes, at exact boundaries, against a slow second count."""

from fractions import Fraction
from itertools import product

import pytest

from workflow.voting import FAILED, OPEN, PASSED, Tally

BASES = ("members", "present")
COUNTED: dict[str, tuple[Tally, str]] = {
    "70 % of 10 is 7": (Tally(10, 7, 3, 70), PASSED),
    "6 of 10 are not 70 %": (Tally(10, 6, 4, 70), FAILED),
    "70 % of 9 is 7": (Tally(9, 7, 2, 70), PASSED),
    "6 of 9 are not 70 %": (Tally(9, 6, 3, 70), FAILED),
    "half of 4 is 2": (Tally(4, 2, 2, 50), PASSED),
    "100 % is everybody": (Tally(3, 2, 1, 100), FAILED),
    "of those present the absent are none": (
        Tally(10, 5, 2, 70, base="present", closed=True), PASSED),
    "of all members the absent count": (Tally(10, 5, 2, 70, closed=True), FAILED),
    "decided before everybody voted": (Tally(10, 7, 0, 70), PASSED),
    "beyond reach before everybody voted": (Tally(10, 0, 4, 70), FAILED),
    "still within reach": (Tally(10, 6, 3, 70), OPEN),
    "decided, but too few are there": (Tally(9, 5, 0, 50, attendance=66), OPEN),
    "two thirds of 9 are 6": (Tally(9, 5, 1, 50, attendance=66), PASSED),
    "sheets of everybody are wanted": (Tally(3, 2, 0, 50, early=False), OPEN),
    "closed without a vote for": (Tally(3, 0, 1, 50, base="present", closed=True), FAILED),
    "one member alone": (Tally(1, 1, 0, 70), PASSED),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_a_vote_comes_out_as_counted_by_hand(name):
    tally, outcome = COUNTED[name]
    assert tally.outcome == outcome


def by_trying(tally: Tally) -> str:
    """Every way the rest may vote or stay away, by exact fractions; open when they differ."""
    ends = set()
    for more_for, more_against in product(range(tally.absent + 1), repeat=2):
        if more_for + more_against > tally.absent:
            continue
        votes_for, cast = tally.votes_for + more_for, tally.cast + more_for + more_against
        whole = tally.members if tally.base == "members" else cast
        ends.add(bool(votes_for) and Fraction(votes_for, whole) >= Fraction(tally.threshold, 100))
    return OPEN if len(ends) > 1 else PASSED if ends.pop() else FAILED


def test_a_vote_ends_exactly_when_the_rest_cannot_change_it():
    cells = 0
    for members, threshold, base in product(range(1, 11), (1, 50, 51, 66, 70, 99, 100), BASES):
        for votes_for, votes_against in product(range(members + 1), repeat=2):
            if 0 < votes_for + votes_against <= members:
                tally = Tally(members, votes_for, votes_against, threshold, base=base)
                assert tally.outcome == by_trying(tally), tally
                cells += 1
    assert cells == 3850


def test_two_thirds_are_66_percent_in_any_council_of_fewer_than_50():
    for members in range(1, 50):
        assert Tally(members, 0, 0, 70, attendance=66).must_attend == -(-2 * members // 3)
