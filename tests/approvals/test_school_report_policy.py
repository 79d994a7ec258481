"""The school's report: every point of its life × every action × every role, as a table.

A second description of the rules, beside `approvals.policy`: what is not named here is refused.
"""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from approvals.actions import perform
from approvals.gather import open_case
from approvals.policy import Action, available
from approvals.refusal import Refused
from tests.world import OF_SCHOOL_REPORT, World
from workflow.deadlines import local_day
from workflow.models import Initiative

WRITERS = "clerk secretary"
SEES = "clerk secretary council council_peer vice_principal principal superior"
MAY: dict[str, dict[str, str]] = {
    "draft": {
        "gather": WRITERS, "write_yearly": WRITERS, "submit_yearly": WRITERS, "chase": "principal",
    },
    "pending": {"approve": "principal", "return": "principal", "recall": WRITERS},
    "returned": {
        "gather": WRITERS, "write_yearly": WRITERS, "submit_yearly": WRITERS, "undo": "principal",
        "chase": "principal",
    },
    "approved": {"reopen_yearly": "principal"},
}  # fmt: skip
for row in MAY.values():
    row["comment"] = SEES
NEVER = {
    "edit", "submit", "reject", "start", "edit_report", "submit_report", "open_evaluation",
    "withdraw", "reopen", "attach", "detach", "ask_extension", "grant_extension",
    "refuse_extension", "for", "against", "close_vote",
}  # fmt: skip
"""Done with initiatives alone."""
BY_OTHER_TESTS = {"reassign", "reschedule"}
"""Needs a second principal, and a change of the plan."""
PAYLOADS: dict[str, dict[str, Any]] = {
    "write_yearly": {"sections": {"lessons": "Khác."}},
    "comment": {"text": "Có số liệu trước đây không?"},
}


def at(world: World, situation: str) -> Initiative:
    world.at("reported")
    report = world.school_report("pending" if situation == "returned" else situation)
    if situation == "returned":
        world.do("principal", "return", report, comment="Bổ sung.")
    world.at("reported")
    return report


def people(world):
    return {**world.people, "anonymous": AnonymousUser(), "the_system": None}


def may(world, action, report, actor) -> bool:
    """Try it for real, then undo it."""
    payload = PAYLOADS.get(action, {"comment": "Vì sao."})
    with transaction.atomic():
        try:
            return perform(Action(action), report.pk, actor, world.now, payload).changed
        except Refused:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("situation", MAY)
def test_the_door_and_the_buttons_are_as_the_table_says(situation, world):
    report = at(world, situation)
    expected, door, buttons = set(), set(), set()
    for name, actor in people(world).items():
        case = open_case(report.pk, actor, world.now, lock=False)
        buttons |= {(str(action), name) for action in available(case)}
        for action in Action.values:
            if name in MAY[situation].get(action, "").split():
                expected.add((action, name))
            if may(world, action, report, actor):
                door.add((action, name))
    assert door == expected
    assert buttons == expected


@pytest.mark.parametrize("situation", MAY)
def test_it_is_seen_by_those_who_oversee_the_school(situation, world):
    report = at(world, situation)
    today = local_day(world.now)
    seen = {
        name
        for name, user in world.people.items()
        if Initiative.dossiers.visible_to(user, today).filter(pk=report.pk).exists()
    }
    assert seen == set(SEES.split())


def test_the_table_names_every_situation_and_action():
    assert set(MAY) == {*OF_SCHOOL_REPORT, "returned"}
    named = {action for row in MAY.values() for action in row}
    assert named | NEVER | BY_OTHER_TESTS == set(Action.values)
    assert not named & NEVER


def test_a_second_principal_can_be_passed_the_step(world):
    report = at(world, "pending")
    world.join("vice_principal", "school", "principal")
    world.do("principal", "reassign", report, person=world.vice_principal.pk, comment="Đi họp.")
    world.do("vice_principal", "approve", report)
    assert report.state == "approved"
