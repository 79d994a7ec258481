"""What is computed for a target, against figures counted by hand from the staff list of the world.

Maths has six members, letters two, the school fifteen with its offices.
"""

from datetime import date, datetime, time, timedelta

import pytest

from people.models import Membership
from people.roles import Role
from reports.ratios import Ratio, ratios
from tests.world import REPORT
from workflow.calendar import ZONE
from workflow.models import Computed, Duty, WorkItem

pytestmark = pytest.mark.both_databases


def of(world, computed, *units):
    asked = [world.units[name] for name in units]
    found = ratios(asked, [world.movement], world.now.year, world.now)
    return [(found[unit.pk][computed].part, found[unit.pk][computed].whole) for unit in asked]


def both(world, computed):
    """Of the school and of its two departments."""
    return of(world, computed, "school") + of(world, computed, "maths", "letters")


def leave(world, who, **ending):
    Membership.objects.filter(user=world.people[who]).update(**ending)


def test_coverage_counts_departments_not_initiatives(world):
    assert both(world, Computed.COVERAGE) == [(0, 2), (0, 1), (0, 1)]
    world.at("registered")
    world.at("in_progress")
    assert both(world, Computed.COVERAGE) == [(1, 2), (1, 1), (0, 1)]


@pytest.mark.parametrize("situation", ["draft", "with_head", "with_principal"])
def test_what_is_not_yet_registered_covers_nothing(situation, world):
    world.at(situation)
    assert both(world, Computed.COVERAGE) == [(0, 2), (0, 1), (0, 1)]
    assert both(world, Computed.PARTICIPATION) == [(0, 15), (0, 6), (0, 2)]


def test_withdrawing_takes_everything_back(world):
    initiative = world.at("registered")
    assert both(world, Computed.ON_TIME)[0] == (1, 1)
    world.do("author", "withdraw", initiative)
    assert both(world, Computed.COVERAGE)[0] == (0, 2)
    assert both(world, Computed.PARTICIPATION)[0] == (0, 15)
    assert both(world, Computed.ON_TIME)[0] == (0, 0)


def test_participation_counts_people_once(world):
    world.at("registered")
    world.at("registered")  # author and co-author again
    assert both(world, Computed.PARTICIPATION) == [(2, 15), (2, 6), (0, 2)]


def test_a_co_author_from_another_department_counts_in_the_own_one(world):
    world.at("registered", co_authors=("other_teacher",))
    assert both(world, Computed.PARTICIPATION) == [(2, 15), (1, 6), (1, 2)]


def test_two_offices_are_one_member(world):
    world.join("head", "school", Role.COUNCIL)
    assert of(world, Computed.PARTICIPATION, "school") == [(0, 15)]


def test_who_left_is_no_member_from_the_day_after_the_last_one(world):
    world.at("registered")
    last = world.now.date()
    leave(world, "co_author", ends_on=last)
    assert of(world, Computed.PARTICIPATION, "maths") == [(2, 6)]
    world.later(days=1)
    assert of(world, Computed.PARTICIPATION, "maths") == [(1, 5)]


def test_a_closed_account_counts_no_longer_in_a_year_that_runs(world):
    world.at("registered")
    world.co_author.is_active = False
    world.co_author.save()
    assert of(world, Computed.PARTICIPATION, "maths") == [(1, 5)]


def test_a_year_that_is_over_keeps_the_staff_of_its_last_day(world):
    """Its figure does not change when somebody leaves, or comes, in the year after."""
    year = world.now.year
    world.at("registered")
    leave(world, "co_author", ends_on=date(year + 1, 1, 31))
    leave(world, "colleague", ends_on=date(year, 12, 30))
    leave(world, "employee", starts_on=date(year + 1, 1, 1))
    world.co_author.is_active = False
    world.co_author.save()
    world.now = datetime(year + 1, 6, 1, 8, tzinfo=ZONE)
    found = ratios([world.units["maths"]], [world.movement], year, world.now)
    assert found[world.units["maths"].pk][Computed.PARTICIPATION] == Ratio(2, 4)


LAST_INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("after", "in_time"), [(-LAST_INSTANT, 2), (timedelta(0), 1)])
def test_a_report_at_midnight_of_the_due_date_is_late(after, in_time, world):
    """ "Trước ngày 31/10": the first instant of the 31st in Việt Nam is too late."""
    initiative = world.at("in_progress")
    bound = datetime.combine(world.round.report_before, time.min, ZONE)
    assert WorkItem.objects.get(initiative=initiative, duty=Duty.REPORT).due_at == bound
    world.now = bound + after
    world.do("author", "edit_report", initiative, **REPORT)
    world.do("author", "submit_report", initiative)
    assert of(world, Computed.ON_TIME, "maths") == [(in_time, 2)]  # with its registration


def test_what_is_not_yet_due_is_neither_late_nor_in_time(world):
    world.at("in_progress")
    bound = datetime.combine(world.round.report_before, time.min, ZONE)
    world.now = bound - LAST_INSTANT
    assert of(world, Computed.ON_TIME, "maths") == [(1, 1)]
    world.now = bound
    assert of(world, Computed.ON_TIME, "maths") == [(1, 2)]


def test_another_year_counts_nothing(world):
    world.at("registered")
    found = ratios([world.units["school"]], [world.movement], world.now.year - 1, world.now)
    assert {one.part for one in found[world.units["school"].pk].values()} == {0}


def test_a_percentage_has_two_places_and_needs_something_to_count():
    assert str(Ratio(2, 3).percent) == "66.67"
    assert str(Ratio(1, 8).percent) == "12.50"
    assert Ratio(0, 0).percent is None
