"""An approver takes their own decision back: shortly after, and while nothing follows from it."""

from datetime import timedelta

import pytest
from django.conf import settings

from approvals.models import Decision
from approvals.refusal import Refused
from notifications.models import Message
from workflow.models import Submission, WorkItem

DECIDED = {
    ("with_head", "head", "approve"): "draft",
    ("with_head", "head", "return"): "draft",
    ("with_head", "head", "reject"): "draft",
    ("with_principal", "principal", "return"): "draft",
    ("report_with_head", "head", "return"): "in_progress",
    ("report_with_head", "head", "reject"): "in_progress",
    ("scoring", "council", "reject"): "reported",
}
PASSED_A_GATE = [
    ("with_principal", "principal", "approve"),
    ("report_with_head", "head", "approve"),
    ("signing_off", "principal", "approve"),
    ("scoring", "council", "return"),
]


def decided(world, situation, who, verdict):
    initiative = world.at(situation)
    world.do(who, verdict, initiative, comment="Vì sao.")
    return initiative


@pytest.mark.both_databases
@pytest.mark.parametrize(("situation", "who", "verdict"), DECIDED)
def test_the_step_is_open_again_and_can_be_decided_anew(situation, who, verdict, world):
    initiative = decided(world, situation, who, verdict)
    due_at = WorkItem.objects.filter(closed_by=world.people[who]).latest("pk").due_at
    world.do(who, "undo", initiative)
    item = WorkItem.objects.open().get(initiative=initiative)
    assert (item.role, item.due_at) == (who, due_at)
    assert initiative.state == DECIDED[situation, who, verdict]
    assert initiative.pending.status == Submission.Status.PENDING
    world.do(who, "return", initiative, comment="Nghĩ lại.")
    history = [(one.verdict, one.undone_at is None) for one in Decision.objects.order_by("pk")]
    assert history[-2:] == [(verdict, False), ("return", True)]


@pytest.mark.parametrize(("situation", "who", "verdict"), PASSED_A_GATE)
def test_a_decision_that_moved_the_initiative_stands(situation, who, verdict, world):
    initiative = decided(world, situation, who, verdict)
    with pytest.raises(Refused):
        world.do(who, "undo", initiative)


def test_a_decision_stands_once_something_follows(world):
    initiative = decided(world, "with_head", "head", "return")
    world.do("author", "edit", initiative, title="Tên khác")
    with pytest.raises(Refused):
        world.do("head", "undo", initiative)


@pytest.mark.parametrize(("seconds", "stands"), [(-1, False), (0, True)])
def test_a_decision_stands_when_the_window_has_passed(seconds, stands, world):
    initiative = decided(world, "with_head", "head", "return")
    world.now += settings.UNDO_WINDOW + timedelta(seconds=seconds)
    if stands:
        with pytest.raises(Refused):
            world.do("head", "undo", initiative)
    else:
        assert world.do("head", "undo", initiative).changed


def test_nobody_takes_back_the_decision_of_another(world):
    initiative = decided(world, "with_head", "head", "approve")
    for other in ("principal", "author", "deputy", "administrator"):
        with pytest.raises(Refused):
            world.do(other, "undo", initiative)


def test_what_is_undone_cannot_be_undone_again(world):
    initiative = decided(world, "with_head", "head", "return")
    world.do("head", "undo", initiative)
    with pytest.raises(Refused):
        world.do("head", "undo", initiative)


def test_the_author_who_was_told_is_told_again(world):
    initiative = decided(world, "with_head", "head", "return")
    before = Message.objects.count()
    world.do("head", "undo", initiative)
    new = Message.objects.order_by("pk")[before:]
    assert [(one.recipient, one.kind) for one in new] == [(world.author, "undone")]


def test_scores_that_are_taken_back_are_gone(world):
    initiative = world.at("signing_off")
    assert initiative.score
    world.do("council", "undo", initiative)
    assert initiative.score is None


def test_an_approver_who_undid_may_still_take_the_step(world):
    """Nobody decides two steps of a submission; an undone one does not count."""
    initiative = decided(world, "with_head", "head", "approve")
    world.do("head", "undo", initiative)
    assert world.do("head", "approve", initiative).changed
