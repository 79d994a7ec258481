"""Every situation × every action × every role: who may, and nobody else.

The table names who may; every other cell must be refused, by the door itself and not only by the
buttons. The checks at the end fail when an action, a state or a role is missing from it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from approvals.actions import perform
from approvals.gather import open_case
from approvals.policy import Action, available
from approvals.refusal import Refused
from approvals.vault import Upload
from people.models import User
from people.roles import Role
from tests.approvals import routes as steps
from tests.files import kept
from tests.world import OFFICES, PATH, REPORT, SCORES, World
from workflow.deadlines import local_day
from workflow.models import Initiative, State

LEADERS = "author head principal"
COUNCIL = "council council_peer"
AUTHORS = "author co_author"
MAY: dict[str, dict[str, str]] = {
    "draft": {
        "edit": AUTHORS, "attach": AUTHORS, "detach": AUTHORS,
        "submit": "author", "withdraw": LEADERS, "ask_extension": "author",
    },
    "with_head": {
        "approve": "head", "return": "head", "reject": "head",
        "recall": "author", "withdraw": LEADERS,
    },
    "with_principal": {
        "approve": "principal", "return": "principal", "reject": "principal",
        "undo": "head",
        "recall": "author", "withdraw": LEADERS,
    },
    "registered": {
        "start": "author the_system", "withdraw": LEADERS, "ask_extension": "author",
    },
    "in_progress": {
        "edit_report": AUTHORS, "attach": AUTHORS, "detach": AUTHORS,
        "submit_report": "author", "withdraw": LEADERS, "ask_extension": "author",
    },
    "more_time_asked": {
        "start": "author the_system", "withdraw": LEADERS,
        "grant_extension": "head", "refuse_extension": "head",
    },
    "round_postponed": {
        "start": "author the_system", "withdraw": LEADERS, "ask_extension": "author",
        "reschedule": "administrator",
    },
    "report_with_head": {
        "approve": "head", "return": "head", "reject": "head",
        "recall": "author", "withdraw": LEADERS,
    },
    "reported": {"open_evaluation": "secretary head principal"},
    "scoring": {
        "approve": COUNCIL, "return": COUNCIL, "reject": COUNCIL, "reassign": COUNCIL},
    "signing_off": {
        "undo": "council", "approve": "principal", "return": "principal", "reject": "principal"},
    "evaluated": {"reopen": "principal"},
    "withdrawn": {},
    "voting": {
        "for": COUNCIL, "against": COUNCIL, "undo": "vice_principal",
        "close_vote": "secretary head principal",
    },
}  # fmt: skip
SEES_DRAFTS = (
    f"author co_author deputy head clerk secretary {COUNCIL} vice_principal principal superior"
)
PENDING_DRAFTS = ("with_head", "with_principal")
SEES_THE_REST = f"{SEES_DRAFTS} colleague employee"
for situation, row in MAY.items():
    row["comment"] = SEES_DRAFTS if situation in ("draft", *PENDING_DRAFTS) else SEES_THE_REST
CHASES = {
    "draft": "head principal", "with_head": "principal", "with_principal": "head",
    "registered": "head principal", "in_progress": "head principal",
    "report_with_head": "principal", "reported": "head principal", "scoring": "head principal",
    "voting": "head principal", "signing_off": "head",
    "more_time_asked": "head principal", "round_postponed": "head principal",
}  # fmt: skip
for situation, who in CHASES.items():
    MAY[situation]["chase"] = who
OF_SCHOOL_REPORTS = {"gather", "write_yearly", "submit_yearly", "reopen_yearly"}
"""Done with no initiative: test_school_report_policy.py."""
PAYLOADS: dict[str, dict[str, Any]] = {
    "edit": {"title": "Một tên khác"},
    "comment": {"text": "Có số liệu trước đây không?"},
    "edit_report": {"sections": {"lessons": "Khác."}},
    "ask_extension": {"until": "2025-12-31", "comment": "Chờ số liệu."},
    "grant_extension": {},
}
ANOTHER = Upload("khac.txt", "txt", 3, "f" * 64, "f" * 32)
DECISION = {"comment": "Vì sao.", "scores": SCORES}


def _withdraw(world: World, initiative: Initiative) -> None:
    world.do("author", "withdraw", initiative)


def _ask_for_time(world: World, initiative: Initiative) -> None:
    world.do("author", "ask_extension", initiative, **PAYLOADS["ask_extension"])


def _postpone(world: World, initiative: Initiative) -> None:
    world.movement.rounds.update(report_before=date(2025, 11, 30))


def _vote(world: World, initiative: Initiative) -> None:
    """One of the council has voted, and enough have: the vote may go on or be closed."""
    world.join("vice_principal", "school", Role.COUNCIL)
    world.route("evaluate", steps.COUNCIL | steps.BOTH, steps.PRINCIPAL | steps.GRADE)
    world.do("secretary", "open_evaluation", initiative)
    world.do("vice_principal", "for", initiative, scores=SCORES)


BESIDE: dict[str, tuple[str, Callable[[World, Initiative], None]]] = {
    "withdrawn": ("draft", _withdraw),
    "more_time_asked": ("registered", _ask_for_time),
    "round_postponed": ("registered", _postpone),
    "voting": ("reported", _vote),
}
"""Situations beside the straight path: where they branch off, and how."""


@pytest.fixture
def actors(world: World) -> dict[str, User | AnonymousUser | None]:
    superuser = User.objects.create_superuser("root@example.test", None, full_name="Root")
    return {
        **world.people,
        "superuser": superuser,
        "anonymous": AnonymousUser(),
        "the_system": None,
    }


def at(world: World, situation: str) -> Initiative:
    initiative = world.at(BESIDE[situation][0] if situation in BESIDE else situation)
    if situation in BESIDE:
        BESIDE[situation][1](world, initiative)
    if situation == "in_progress":
        world.do("author", "edit_report", initiative, **REPORT)
    if situation in ("draft", "in_progress"):
        world.do("author", "attach", initiative, files=[kept()])
    return initiative


def may(world: World, action: str, initiative: Initiative, actor) -> bool:
    """Try it for real, then undo it."""
    peer = world.council_peer if actor == world.council else world.council
    evidence = initiative.evidence.first()
    files = {"files": [ANOTHER], "evidence": evidence.pk if evidence else None}
    payload = PAYLOADS.get(action, DECISION | {"person": peer.pk} | files)
    with transaction.atomic():
        try:
            return perform(Action(action), initiative.pk, actor, world.now, payload).changed
        except Refused:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("situation", MAY)
def test_the_door_opens_only_as_the_table_says(situation, world, actors):
    initiative = at(world, situation)
    expected, found = {}, {}
    for action in Action.values:
        allowed = MAY[situation].get(action, "").split()
        for name, actor in actors.items():
            expected[action, name] = name in allowed
            found[action, name] = may(world, action, initiative, actor)
    assert found == expected


@pytest.mark.parametrize("situation", MAY)
def test_the_buttons_show_what_the_door_allows(situation, world, actors):
    initiative = at(world, situation)
    for name, actor in actors.items():
        case = open_case(initiative.pk, actor, world.now, lock=False)
        allowed = {action for action, names in MAY[situation].items() if name in names.split()}
        assert {str(action) for action in available(case)} == allowed, name


@pytest.mark.parametrize("situation", MAY)
def test_a_dossier_is_visible_to_those_it_concerns_only(situation, world, actors):
    initiative = at(world, situation)
    expected = SEES_DRAFTS if initiative.state == State.DRAFT else SEES_THE_REST
    seen_by = {
        name
        for name, actor in actors.items()
        if isinstance(actor, User)
        and Initiative.objects.visible_to(actor, local_day(world.now)).exists()
    }
    assert seen_by == set(expected.split())


def test_the_table_names_every_situation_state_action_and_role(world):
    assert set(MAY) == {*PATH, *BESIDE}
    assert {at(world, situation).state for situation in MAY} == set(State.values)
    every = {action for row in MAY.values() for action in row}
    assert every == set(Action.values) - OF_SCHOOL_REPORTS
    assert {role for _unit, role in OFFICES.values()} == set(Role)
