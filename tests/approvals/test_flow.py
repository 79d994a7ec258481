"""One initiative from draft to evaluated, and what each verdict leaves behind."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from approvals.models import Decision
from tests.world import PATH, SCORES
from workflow.models import Duty, State, WorkItem

pytestmark = pytest.mark.both_databases
OWED = {
    "draft": [(Duty.REGISTER, "author")],
    "with_head": [(Duty.DECIDE, "head")],
    "with_principal": [(Duty.DECIDE, "principal")],
    "registered": [(Duty.REPORT, "author")],
    "in_progress": [(Duty.REPORT, "author")],
    "report_with_head": [(Duty.DECIDE, "head")],
    "reported": [(Duty.OPEN_EVALUATION, "secretary")],
    "scoring": [(Duty.DECIDE, "council")],
    "signing_off": [(Duty.DECIDE, "principal")],
    "evaluated": [],
}
AFTER = {
    ("with_head", "return"): (State.DRAFT, [(Duty.REGISTER, "author")]),
    ("with_head", "reject"): (State.DRAFT, []),
    ("with_principal", "return"): (State.DRAFT, [(Duty.REGISTER, "author")]),
    ("with_principal", "reject"): (State.DRAFT, []),
    ("report_with_head", "return"): (State.IN_PROGRESS, [(Duty.REPORT, "author")]),
    ("report_with_head", "reject"): (State.IN_PROGRESS, [(Duty.REPORT, "author")]),
    ("scoring", "return"): (State.IN_PROGRESS, [(Duty.REPORT, "author")]),
    ("scoring", "reject"): (State.REPORTED, [(Duty.OPEN_EVALUATION, "secretary")]),
    ("signing_off", "return"): (State.IN_PROGRESS, [(Duty.REPORT, "author")]),
    ("signing_off", "reject"): (State.REPORTED, [(Duty.OPEN_EVALUATION, "secretary")]),
}


def owed(initiative):
    items = WorkItem.objects.open().filter(initiative=initiative).select_related("person")
    return [
        (item.duty, item.person.email.partition("@")[0] if item.person else item.role)
        for item in items
    ]


@pytest.mark.parametrize("situation", OWED)
def test_exactly_one_duty_is_open_at_every_point_of_a_life(situation, world):
    assert owed(world.at(situation)) == OWED[situation]


@pytest.mark.parametrize(("situation", "verdict"), AFTER)
def test_a_verdict_leaves_the_right_state_and_duty(situation, verdict, world):
    initiative = world.at(situation)
    world.do(situation_holder(situation), verdict, initiative, comment="Cần bổ sung số liệu.")
    assert (initiative.state, owed(initiative)) == AFTER[situation, verdict]
    assert initiative.pending is None


def situation_holder(situation):
    return OWED[situation][0][1]


def test_the_tables_name_every_point_of_a_life():
    assert list(OWED) == list(PATH)
    deciding = {name for name, duties in OWED.items() if any(d == Duty.DECIDE for d, _ in duties)}
    assert set(AFTER) == {(name, verdict) for name in deciding for verdict in ("return", "reject")}


def test_an_evaluated_initiative_carries_score_grade_and_recognition(world):
    initiative = world.at("evaluated")
    assert initiative.score == Decimal(sum(SCORES.values()))
    assert (initiative.grade, initiative.recognised, initiative.replicated) == ("good", True, False)


def test_a_returned_dossier_passes_after_it_was_revised(world):
    initiative = world.at("with_head")
    first = initiative.pending
    world.do("head", "return", initiative, comment="Thiếu số liệu.")
    world.do("author", "edit", initiative, current_state="Duyệt trong 5 ngày, 310 trang một tuần.")
    world.do("author", "submit", initiative)
    world.do("head", "approve", initiative)
    world.do("principal", "approve", initiative)
    assert initiative.state == State.REGISTERED
    seen = Decision.objects.order_by("at", "pk").values_list("verdict", "seen_hash")
    assert [verdict for verdict, _hash in seen] == ["return", "approve", "approve"]
    assert first is not None
    assert seen[0][1] == first.content_hash != seen[1][1] == seen[2][1]


def test_a_reopened_evaluation_runs_again_and_keeps_its_first_decisions(world):
    initiative = world.at("evaluated")
    world.do("principal", "reopen", initiative, comment="Tác giả kiến nghị.")
    assert (initiative.state, initiative.score, initiative.grade) == (State.REPORTED, None, "")
    world.do("secretary", "open_evaluation", initiative)
    world.do("council", "approve", initiative, scores={"novelty": 40, "effect": 55})
    world.do("principal", "approve", initiative)
    assert (initiative.state, initiative.grade) == (State.EVALUATED, "excellent")
    assert Decision.objects.filter(submission__gate="evaluate").count() == 4


def test_the_audit_of_a_whole_life_holds(world, capsys):
    world.at("evaluated")
    call_command("verify_audit")
    assert "1 dossiers hold" in capsys.readouterr().out
