"""The ladder counts by the calendar of each unit, and chases a due date that has moved anew."""

from datetime import date, datetime, timedelta

import pytest

from notifications.models import Escalation, Message
from notifications.sweep import climb
from workflow import calendars
from workflow.calendar import ZONE
from workflow.models import DayKind, WorkItem

pytestmark = pytest.mark.both_databases
DUE = datetime(2025, 10, 31, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


def climbed():
    return list(Escalation.objects.order_by("pk").values_list("rung__name", flat=True))


def test_a_closure_puts_the_principal_off_in_that_department_alone(world):
    world.at("in_progress")
    letters = world.draft(lead="other_teacher", co_authors=(), unit="letters")
    for who, action in (("other_teacher", "submit"), ("other_head", "approve"),
                        ("principal", "approve")):  # fmt: skip
        world.do(who, action, letters)
    monday: dict[date, str] = {date(2025, 11, 3): DayKind.OFF}
    calendars.enter(world.units["maths"], monday, "Bão", world.administrator, world.now)
    climb(DUE)
    assert climb(datetime(2025, 11, 4, tzinfo=ZONE)) == 1  # letters: two working days are over
    assert climb(datetime(2025, 11, 5, tzinfo=ZONE) - SECOND) == 0
    assert climb(datetime(2025, 11, 5, tzinfo=ZONE)) == 1


def moved(world, days):
    """The date is moved as the door does it, on the evening before the old one."""
    item = WorkItem.objects.open().get()
    item.due_at += timedelta(days=days)
    item.moved_at = DUE - timedelta(hours=5)
    item.save()
    return item


def test_the_new_date_is_chased_anew(world):
    world.at("in_progress")
    climb(DUE - timedelta(days=7))
    climb(DUE - timedelta(days=1))
    item = moved(world, 14)
    assert climb(DUE) == 0
    climb(item.due_at - timedelta(days=7))
    climb(item.due_at - timedelta(days=1))
    climb(item.due_at)
    assert climbed() == ["week_before", "day_before"] * 2 + ["overdue"]
    told = Message.objects.filter(recipient=world.author, kind="due_soon")
    assert told.count() == 4


def test_a_reminder_whose_moment_lay_before_the_move_is_left_out(world):
    """Who has just been told of the new date need not be reminded of it in the same minute."""
    world.at("in_progress")
    item = moved(world, 3)
    assert climb(DUE) == 0  # a week before lies behind; the day before is to come
    assert climb(item.due_at - timedelta(days=1)) == 1


def test_a_date_that_does_not_move_is_told_once(world):
    """The control."""
    world.at("in_progress")
    assert [climb(DUE) for _again in range(3)] == [1, 0, 0]
