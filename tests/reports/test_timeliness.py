"""In which month something was due, and whether it came in time, within what the reader sees."""

from datetime import date, datetime, time, timedelta

import pytest

from reports.figures import Month, Scope, timeliness
from tests.world import REPORT
from workflow.calendar import ZONE
from workflow.models import Duty

pytestmark = pytest.mark.both_databases


def months(world, who="principal", year=None):
    return timeliness(Scope(world.movement, year, world.people[who], world.now))


def reports(world, who="principal"):
    return [month for month in months(world, who) if month.duty == Duty.REPORT]


@pytest.mark.parametrize(
    ("bound", "month"),
    [(date(2025, 10, 31), 10), (date(2025, 11, 1), 10), (date(2025, 11, 2), 11)],
)
def test_the_month_is_that_of_the_last_day_in_time(bound, month, world):
    """ "Trước ngày 01/11" ends with the 31st of October."""
    world.round.report_before = bound
    world.round.save()
    world.at("in_progress")
    world.now = datetime.combine(bound, time.min, ZONE)
    assert reports(world) == [Month(2025, month, Duty.REPORT, in_time=0, all=1)]


def test_late_and_in_time_stand_beside_each_other(world):
    first, second = world.at("in_progress"), world.at("in_progress")
    world.at("in_progress")
    bound = datetime.combine(world.round.report_before, time.min, ZONE)
    for initiative, now in ((first, bound - timedelta(seconds=1)), (second, bound)):
        world.now = now
        world.do("author", "edit_report", initiative, **REPORT)
        world.do("author", "submit_report", initiative)
    (month,) = reports(world)
    assert (month.in_time, month.late, month.all) == (1, 2, 3)


def test_what_the_reader_may_not_see_is_not_counted(world):
    world.at("in_progress")
    assert sum(month.all for month in months(world, "head")) == 1  # the registration
    assert months(world, "other_head") == []


def test_registrations_come_before_reports(world):
    world.at("in_progress")
    world.now = datetime.combine(world.round.report_before, time.min, ZONE)
    assert [month.duty for month in months(world)] == [Duty.REGISTER, Duty.REPORT]


def test_another_year_is_empty(world):
    world.at("registered")
    assert months(world, year=1999) == []
