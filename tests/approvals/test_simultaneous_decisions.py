"""Two people decide the same step in the same moment: one decision, and the loser is told."""

import threading
from contextlib import closing
from datetime import date

import pytest
from django.db import connection, transaction

from approvals import actions, gather
from approvals.actions import perform
from approvals.gather import open_case
from approvals.models import Decision
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.tally import ballots, of_decisions
from people.models import Membership
from people.roles import Role
from tests.approvals.routes import BOTH, COUNCIL, GRADE, HEAD, PRINCIPAL
from tests.world import SCORES
from workflow.models import WorkItem

ROUNDS = 8
needs_row_locks = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


@pytest.fixture
def two_heads(committed_world):
    world = committed_world
    Membership.objects.create(
        user=world.colleague, unit=world.units["maths"], role=Role.HEAD, starts_on=date(2025, 1, 1)
    )
    return world


def decide_at_once(world, initiative):
    """One approves and one rejects."""
    return at_once(
        world,
        initiative,
        (world.head, Action.APPROVE, {}),
        (world.colleague, Action.REJECT, {}),
    )


def at_once(world, initiative, *deeds):
    """Each over a connection of its own; returns the results."""
    start, results = threading.Barrier(len(deeds)), []

    def decide(actor, action, payload):
        with closing(connection):
            start.wait()
            try:
                payload = {"comment": "Vì sao.", **payload}
                perform(action, initiative.pk, actor, world.now, payload)
                results.append("done")
            except Refused as refused:
                results.append("refused" if refused.refusal.conflict else "forbidden")
            except Exception as error:
                results.append(type(error).__name__)

    threads = [threading.Thread(target=decide, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@needs_row_locks
def test_two_decisions_at_once_leave_one(two_heads):
    for number in range(1, ROUNDS + 1):
        initiative = two_heads.at("with_head")
        results = decide_at_once(two_heads, initiative)
        assert results.count("done") == 1, results
        assert Decision.objects.count() == number


@needs_row_locks
def test_without_the_row_lock_both_decide(two_heads, monkeypatch):
    """The control. Both have read before either writes, which the lock makes impossible."""
    both_have_read = threading.Barrier(2)

    def open_without_lock(*args, lock, **kwargs):
        case = open_case(*args, lock=False, **kwargs)
        both_have_read.wait()
        return case

    initiative = two_heads.at("with_head")
    with monkeypatch.context() as patched:
        patched.setattr(actions, "open_case", open_without_lock)
        results = decide_at_once(two_heads, initiative)
    assert results != ["done", "refused"]


@needs_row_locks
def test_the_loser_waits_for_the_winner(two_heads):
    """The lock is the initiative's row: while one transaction holds it, another cannot read it."""
    initiative = two_heads.at("with_head")
    with transaction.atomic():
        open_case(initiative.pk, two_heads.head, two_heads.now, lock=True)
        waiting = threading.Thread(
            target=_approve, args=(two_heads, initiative, two_heads.colleague)
        )
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
    waiting.join(timeout=10)
    assert not waiting.is_alive()
    assert Decision.objects.count() == 1


@needs_row_locks
def test_one_person_does_not_take_two_steps_side_by_side(committed_world):
    """What the second has read was read after it got the lock, not before it waited."""
    world = committed_world
    world.join("head", "school", Role.COUNCIL)
    world.route("register", {"position": 1, **HEAD}, {"position": 1, **COUNCIL})
    for _round in range(ROUNDS):
        initiative = world.at("with_head")
        steps = initiative.work_items.open().values_list("pk", flat=True)
        deeds = [(world.head, Action.APPROVE, {"work_item": step}) for step in steps]
        assert at_once(world, initiative, *deeds) == ["done", "forbidden"]


@needs_row_locks
def test_without_gathering_again_one_person_does(committed_world, monkeypatch):
    """The control: what was read beside the lock is as old as the wait."""
    world = committed_world
    world.join("head", "school", Role.COUNCIL)
    world.route("register", {"position": 1, **HEAD}, {"position": 1, **COUNCIL})
    monkeypatch.setattr(gather, "_changed_meanwhile", lambda found: False)
    initiative = world.at("with_head")
    first, second = initiative.work_items.open()
    with transaction.atomic():
        payload = {"work_item": first.pk}
        perform(Action.APPROVE, initiative.pk, world.head, world.now, payload)
        waiting = threading.Thread(target=_approve, args=(world, initiative, world.head, second))
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
    waiting.join(timeout=10)
    assert Decision.objects.filter(actor=world.head).count() == 2


def _approve(world, initiative, who, item=None):
    with closing(connection):
        payload = {"work_item": item.pk} if item else {}
        perform(Action.APPROVE, initiative.pk, who, world.now, payload)


@needs_row_locks
def test_the_last_two_votes_at_once_are_both_counted_and_end_the_vote_once(committed_world):
    world = committed_world
    world.route("evaluate", COUNCIL | BOTH, PRINCIPAL | GRADE)
    for _round in range(ROUNDS // 2):
        initiative = world.at("scoring")
        votes = [
            (who, Action.FOR, {"scores": SCORES}) for who in (world.council, world.council_peer)
        ]
        assert at_once(world, initiative, *votes) == ["done", "done"]
        tally = of_decisions(initiative.pending, ballots(initiative.pending))
        assert tally
        assert (tally.votes_for, tally.outcome) == (2, "passed")
        waiting = WorkItem.objects.open().get(initiative=initiative)
        assert waiting.role == Role.PRINCIPAL
