"""Each rung at its moment, once, to the right people; after an outage only the highest."""

from datetime import datetime, timedelta

import pytest

from notifications.default_ladder import DEFAULT_LADDER
from notifications.models import Escalation, Message
from notifications.sweep import climb
from people.models import Membership
from people.roles import Role
from workflow.calendar import ZONE
from workflow.models import State, WorkItem

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)
DUE = datetime(2025, 10, 31, tzinfo=ZONE)
RUNGS = {
    "week_before": (datetime(2025, 10, 24, tzinfo=ZONE), {"author"}),
    "day_before": (datetime(2025, 10, 30, tzinfo=ZONE), {"author"}),
    "overdue": (DUE, {"author", "head"}),
    "to_principal": (datetime(2025, 11, 4, tzinfo=ZONE), {"principal"}),
}
"""A report due before 31/10/2025, a Friday; two working days after it end with Monday."""


def told(since: int = 0) -> set[str]:
    emails = Message.objects.filter(kind__in=KINDS, pk__gt=since).values_list(
        "recipient__email", flat=True
    )
    return {email.partition("@")[0] for email in emails}


KINDS = ("due_soon", "overdue", "overdue_below", "escalated")


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_is_climbed_at_its_moment_and_not_a_second_before(rung, world):
    world.at("in_progress")
    moment, people = RUNGS[rung]
    climb(moment - SECOND)
    before = Message.objects.latest("pk").pk
    assert climb(moment) == 1
    assert told(since=before) == people
    assert Escalation.objects.latest("pk").rung.name == rung


def test_the_table_is_the_default_ladder():
    assert list(RUNGS) == [rung["name"] for rung in DEFAULT_LADDER]


def test_a_rung_is_climbed_once_however_often_the_sweep_runs(world):
    world.at("in_progress")
    assert [climb(DUE) for _again in range(3)] == [1, 0, 0]
    assert Message.objects.filter(kind__in=KINDS).count() == 2


def test_without_the_record_of_climbed_rungs_the_sweep_would_repeat_itself(world):
    """The control: it is the escalation's row that makes it happen once."""
    world.at("in_progress")
    climb(DUE)
    Escalation.objects.all().delete()
    assert climb(DUE) == 1


def test_after_an_outage_only_the_highest_rung_is_told(world):
    world.at("in_progress")
    assert climb(DUE + timedelta(days=30)) == 1
    assert told() == {"principal"}


def test_a_reminder_whose_moment_lay_before_the_task_was_given_is_left_out(world):
    world.at("with_head")  # three working days: a week before would be before it began
    assert climb(world.now) == 0


def test_nothing_is_told_of_what_is_done(world):
    initiative = world.at("in_progress")
    world.do("author", "withdraw", initiative)
    assert climb(DUE + timedelta(days=30)) == 0


def test_a_late_decision_may_be_taken_by_the_next_role_up(world):
    initiative = world.at("with_head")
    item = WorkItem.objects.open().get(initiative=initiative)
    climb(item.due_at)
    assert told() == {"head", "principal"}
    item.refresh_from_db()
    assert item.raised_role == ""
    world.now = item.due_at + timedelta(days=5)
    climb(world.now)
    world.do("principal", "approve", initiative)
    assert initiative.state == State.DRAFT  # the principal's own step is still to come
    world.do("principal", "approve", initiative)
    assert initiative.state == State.REGISTERED


def test_a_late_report_stays_with_its_author(world):
    initiative = world.at("in_progress")
    climb(DUE + timedelta(days=30))
    item = WorkItem.objects.open().get(initiative=initiative)
    assert (item.person, item.raised_role) == (world.author, "")


def test_the_head_of_a_head_is_the_principal(world):
    initiative = world.draft(lead="head", co_authors=())
    world.do("head", "submit", initiative)
    world.do("principal", "approve", initiative)
    world.do(None, "start", initiative)
    climb(DUE)
    assert told() == {"head", "principal"}


def test_a_post_nobody_holds_is_reported_above(world):
    world.at("with_head")
    Membership.objects.filter(role=Role.HEAD).delete()
    climb(world.later(days=7))
    assert "principal" in told()
