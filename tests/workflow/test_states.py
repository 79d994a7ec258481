"""The legal moves stand in one place, and neither code nor SQL gets around them."""

from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django_fsm import TransitionNotAllowed

from workflow.diagram import moves
from workflow.management.commands import draw_states
from workflow.models import Initiative, State
from workflow.triggers import LEGAL_MOVES

MOVES = {(source, target): name for name, source, target in moves()}
ILLEGAL = {(a, b) for a, b in product(State.values, repeat=2) if a != b} - MOVES.keys()


def in_state(world, state: str) -> Initiative:
    point = {"withdrawn": "draft"}.get(state, state)
    initiative: Initiative = world.at(point)
    if state == State.WITHDRAWN:
        world.do("author", "withdraw", initiative)
    return initiative


def test_the_triggers_copy_equals_the_transitions():
    assert {f"{source}>{target}" for source, target in MOVES} == set(LEGAL_MOVES)


@pytest.mark.parametrize("state", State.values)
def test_a_transition_is_refused_from_every_state_it_does_not_start_in(state, world):
    initiative = in_state(world, state)
    for name in set(MOVES.values()):
        starts_here = any(n == name and source == state for (source, _t), n in MOVES.items())
        if not starts_here:
            with pytest.raises(TransitionNotAllowed):
                getattr(initiative, name)()


def test_a_state_cannot_be_assigned(world):
    initiative = world.draft()
    with pytest.raises(AttributeError):
        initiative.state = State.EVALUATED


@pytest.mark.both_databases
@pytest.mark.parametrize("state", State.values)
def test_an_update_by_sql_makes_legal_moves_only(state, world):
    initiative = in_state(world, state)
    row = Initiative.objects.filter(pk=initiative.pk)
    for target in State.values:
        with transaction.atomic():
            if (state, target) in ILLEGAL:
                with pytest.raises(DatabaseError, match="illegal move"), transaction.atomic():
                    row.update(state=target)
            else:
                row.update(state=target)
            transaction.set_rollback(True)


@pytest.mark.both_databases
def test_a_state_nobody_knows_is_refused(world):
    initiative = world.draft()
    with pytest.raises(DatabaseError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(state="finished")


def test_the_drawn_states_are_up_to_date():
    call_command("draw_states", "--check")


def test_a_stale_drawing_is_found(monkeypatch, tmp_path):
    stale = tmp_path / "states.md"
    stale.write_text(draw_states.PAGE.read_text().replace("evaluate", "judge"))
    monkeypatch.setattr(draw_states, "PAGE", stale)
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_states", "--check")
