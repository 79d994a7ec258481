"""The product against an independent model of its rules, over random lives. See `bin/model`."""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from approvals import policy
from approvals.policy import Action
from approvals.rules.people import not_author
from tests.model.machine import School, outcomes
from tests.model.rules import TABLE
from tests.model.yearly import NEVER
from tests.model.yearly import TABLE as OF_SCHOOL_REPORTS
from tests.model.yearly_machine import SchoolReport

STEPS = 40
SEED = int(os.environ.get("MODEL_SEED", "20231001"))
SOON = 22
"""The seed of a walk that meets the difference within seconds; many need a minute."""
LIVES = int(os.environ.get("MODEL_STEPS", "800")) // 20
OUT_OF_SCOPE = {"comment", "reschedule"}
"""Actions that decide nothing and need no model: words, and dates."""

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks for row locks")


def walk(
    world,
    lives: int,
    phases=(Phase.generate, Phase.shrink),
    machine: type[School] = School,
    number: int = SEED,
) -> None:
    machine.world = world
    quiet = settings(
        max_examples=lives, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=phases, print_blob=True,
        report_multiple_bugs=False,
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(machine), settings=quiet)


def tell(table) -> None:
    print(f"\nseed {SEED}, {outcomes.total()} actions tried")
    for action in sorted(table):
        print(f"{action:16} {outcomes[action, True]:6} done {outcomes[action, False]:6} refused")
    if LIVES >= 500:
        never = [action for action in table if not outcomes[action, True]]
        assert never == [], "the walk never came there"


def test_the_product_does_what_the_model_says(world):
    outcomes.clear()
    walk(world, LIVES)
    tell(TABLE)


@pytest.fixture
def with_initiatives(world):
    """A year in which three initiatives have reported."""
    SchoolReport.initiatives = [world.at("reported").pk for _each in range(3)]
    return world


def test_a_school_report_does_what_the_model_says(with_initiatives):
    outcomes.clear()
    walk(with_initiatives, LIVES // 2, machine=SchoolReport)
    tell(OF_SCHOOL_REPORTS)
    assert not [action for action in NEVER if outcomes[action, True]]


LONG_WALK = pytest.mark.skipif(LIVES < 500, reason="found by long walks: see bin/model")


@pytest.mark.parametrize("rule", [pytest.param("not_author", marks=LONG_WALK), "seated"])
def test_a_rule_that_is_dropped_is_noticed(rule, world, monkeypatch):
    """The control: without one of the rules the walk must find a difference."""
    dropped = getattr(policy, rule)
    for action in (Action.APPROVE, Action.RETURN, Action.REJECT):
        rules = tuple(one for one in policy.POLICY[action] if one is not dropped)
        monkeypatch.setitem(policy.POLICY, action, rules)
    with pytest.raises((AssertionError, AttributeError, TypeError)):
        walk(world, 1500, phases=(Phase.generate,), number=SOON)


@LONG_WALK
def test_a_writer_of_the_report_who_decides_is_noticed(with_initiatives, monkeypatch):
    """The control: whoever has written may sign as well, if nothing forbids it."""
    for action in (Action.APPROVE, Action.RETURN, Action.REOPEN_YEARLY):
        rules = policy.OF_SCHOOL_REPORT[action]
        rules = tuple(one for one in rules if one is not not_author)
        monkeypatch.setitem(policy.OF_SCHOOL_REPORT, action, rules)
    with pytest.raises((AssertionError, AttributeError, TypeError)):
        walk(with_initiatives, 500, phases=(Phase.generate,), machine=SchoolReport)


def test_every_action_is_in_the_model():
    assert {*TABLE, *OUT_OF_SCOPE, *OF_SCHOOL_REPORTS} == set(Action.values)
    assert {*NEVER, *OF_SCHOOL_REPORTS, *OUT_OF_SCOPE} == set(Action.values)
