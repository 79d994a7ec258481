"""Whatever changes what a plan lays down renews its stamp, whichever way it was written."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from approvals.gather import open_case
from approvals.moves.gates import score_sheet
from people.roles import Role
from workflow.models import (
    Criterion,
    Gate,
    GradeBand,
    PlanStamp,
    ReportSection,
    Round,
    Route,
    RouteStep,
)
from workflow.models.grade import grade_of
from workflow.triggers import PLAN

pytestmark = pytest.mark.both_databases
DAY = date(2025, 3, 3)
SCORING = [{"asks": "scores"}]


def a_route(world):
    return Route.objects.create(movement=world.movement, gate=Gate.REGISTER, number=99)


def a_step(world):
    route = Route.objects.filter(movement=world.movement, gate=Gate.REGISTER).latest("number")
    return RouteStep.objects.create(route=route, position=9, role=Role.SECRETARY, level="school")


def a_criterion(world):
    return Criterion.objects.create(
        movement=world.movement, position=9, code="nine", name="Nine", maximum=1
    )


def a_band(world):
    return GradeBand.objects.create(
        grade="excellent", minimum=99, in_force_from=DAY, legal_basis="A decree"
    )


def a_section(world):
    return ReportSection.objects.create(
        movement=world.movement,
        position=9,
        code="nine",
        numeral="9",
        title="Nine",
        scope="initiative",
    )


def a_round(world):
    return Round.objects.create(
        movement=world.movement, year=2031, number=1, name="Later", opens_on=DAY
    )


MADE = {
    "workflow_route": a_route,
    "workflow_routestep": a_step,
    "workflow_criterion": a_criterion,
    "workflow_gradeband": a_band,
    "workflow_reportsection": a_section,
    "workflow_round": a_round,
}
CHANGED: dict[str, dict[str, Any]] = {
    "workflow_route": {"number": 100},
    "workflow_routestep": {"working_days": 9},
    "workflow_criterion": {"maximum": 2},
    "workflow_gradeband": {"minimum": 98},
    "workflow_reportsection": {"title": "Ten"},
    "workflow_round": {"report_before": DAY + timedelta(days=9)},
}


def stamp():
    return PlanStamp.objects.get().word


def test_every_table_is_in_the_tables_of_this_file():
    assert set(PLAN.events) == set(MADE) == set(CHANGED)


@pytest.mark.parametrize("table", MADE)
def test_a_row_made_renews_the_stamp(table, world):
    before = stamp()
    MADE[table](world)
    assert stamp() != before


@pytest.mark.parametrize("table", CHANGED)
def test_a_row_changed_by_a_bare_update_renews_the_stamp(table, world):
    row = MADE[table](world)
    before = stamp()
    type(row).objects.filter(pk=row.pk).update(**CHANGED[table])
    assert stamp() != before


@pytest.mark.parametrize("table", MADE)
def test_a_row_deleted_by_hand_renews_the_stamp(table, world):
    row = MADE[table](world)
    before = stamp()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])
    assert stamp() != before


def opened(world, initiative, who="head"):
    return open_case(initiative.pk, world.people[who], world.now, lock=False)


def test_a_round_with_another_date_binds_the_next_case(world):
    initiative = world.at("draft")
    before = opened(world, initiative).bounds
    Round.objects.filter(pk=world.round.pk).update(register_before=date(2030, 1, 1))
    after = opened(world, initiative).bounds
    assert (before.register_before, after.register_before) == (
        world.round.register_before,
        date(2030, 1, 1),
    )


def test_a_route_with_a_new_version_is_taken_by_the_next_submission(world):
    first = world.at("with_head").pending
    world.route("register", {"role": Role.HEAD, "level": "own", "working_days": 8})
    second = world.at("with_head").pending
    assert [step["working_days"] for step in second.route] == [8]
    assert first.route != second.route


def helps(world, initiative):
    return {line["help"] for line in score_sheet(opened(world, initiative), SCORING) or ()}


def test_a_score_sheet_that_was_replaced_is_the_one_of_the_next_scoring(world):
    initiative = world.at("reported")
    before = helps(world, initiative)
    Criterion.objects.filter(movement=world.movement).update(help="New")
    assert helps(world, initiative) == {"New"} != before


def test_a_band_from_today_grades_the_next_score(world):
    assert grade_of(Decimal(95), DAY, stamp()) == "excellent"
    a_band(world)
    assert grade_of(Decimal(95), DAY, stamp()) == "not_completed"


def test_without_its_trigger_what_is_kept_outlives_a_change(world):
    """The control: it is the triggers that make keeping safe."""
    initiative = world.at("draft")
    before = opened(world, initiative).bounds
    where = "" if connection.vendor == "sqlite" else " ON workflow_round"
    with connection.cursor() as cursor:
        for name, table, _event in PLAN.names():
            if table == "workflow_round":
                cursor.execute(f"DROP TRIGGER {name}{where}")
    Round.objects.filter(pk=world.round.pk).update(register_before=date(2030, 1, 1))
    assert opened(world, initiative).bounds == before
