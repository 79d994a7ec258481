"""What a unit enters holds below it, the nearest has the last word, and no change is missed."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from people.models import Unit
from workflow import calendars
from workflow.calendar import STATUTORY, Calendar
from workflow.deadlines import last_day
from workflow.models import DayKind, WorkItem

FRIDAY, SATURDAY = date(2025, 3, 7), date(2025, 3, 8)
OFF, WORKING = DayKind.OFF, DayKind.WORKING


def enter(world, unit, day, kind):
    calendars.enter(world.units[unit], {day: kind}, "Thông báo", world.administrator, world.now)


def works(world, unit, day=FRIDAY):
    return calendars.of(world.units[unit]).is_working_day(day)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("entries", "maths", "letters", "school"),
    [
        ({}, True, True, True),
        ({"authority": OFF}, False, False, False),
        ({"school": OFF}, False, False, False),
        ({"maths": OFF}, False, True, True),
        ({"authority": OFF, "school": WORKING}, True, True, True),
        ({"authority": OFF, "maths": WORKING}, True, False, False),
        ({"school": OFF, "maths": WORKING}, True, False, False),
        ({"authority": WORKING, "school": OFF, "maths": WORKING}, True, False, False),
    ],
)
def test_the_nearest_unit_has_the_last_word_about_a_day(entries, maths, letters, school, world):
    for unit, kind in entries.items():
        enter(world, unit, FRIDAY, kind)
    found = (works(world, "maths"), works(world, "letters"), works(world, "school"))
    assert found == (maths, letters, school)


def test_a_make_up_saturday_is_worked_below_as_well(world):
    enter(world, "authority", SATURDAY, WORKING)
    assert works(world, "maths", SATURDAY)


def test_a_day_that_was_struck_out_is_as_it_was(world):
    enter(world, "school", FRIDAY, OFF)
    assert not works(world, "maths")
    calendars.strike(world.units["school"], [FRIDAY])
    assert works(world, "maths")


def test_a_unit_enters_a_day_once(world):
    enter(world, "school", FRIDAY, OFF)
    with pytest.raises(Exception, match="calendar_day_once_per_unit"), transaction.atomic():
        enter(world, "school", FRIDAY, WORKING)


def test_a_change_that_is_taken_back_is_not_remembered(world):
    """A preview reads its own uncommitted days; the next change must not meet them."""
    with transaction.atomic():
        enter(world, "school", FRIDAY, OFF)
        assert not works(world, "maths")
        transaction.set_rollback(True)
    assert works(world, "maths")
    enter(world, "school", SATURDAY, WORKING)
    assert works(world, "maths", FRIDAY)


def test_the_calendar_costs_an_action_no_statement(world):
    """Once it is kept; a change costs each line one, in each process."""
    costs: list[int] = []
    for _again in range(3):
        drafts = [world.draft(), world.draft()]
        enter(world, "school", FRIDAY + timedelta(days=7 * len(costs)), OFF)
        for initiative in drafts:
            with CaptureQueriesContext(connection) as queries:
                world.do("author", "submit", initiative)
            costs.append(sum("calendarday" in query["sql"] for query in queries))
    assert costs == [1, 0] * 3


def test_where_nobody_has_entered_anything_nothing_is_asked(world):
    with CaptureQueriesContext(connection) as queries:
        assert calendars.of_line(world.units["maths"].line, "") is STATUTORY
    assert len(queries) == 0


LOOK = """
import sys, django
django.setup()
from datetime import date, datetime
from approvals.gather import open_case
from workflow.calendar import ZONE
for line in sys.stdin:
    case = open_case(int(line), None, datetime(2025, 3, 3, 8, tzinfo=ZONE), lock=False)
    print(case.calendar.is_working_day(date(2025, 3, 7)), flush=True)
"""


@pytest.fixture
def other_process(committed_world):
    """Another process on the same database, which opens the case of an initiative and looks."""
    kept = connection.settings_dict
    url = (
        f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"
    )
    settings = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", LOOK], env=settings, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.mark.process
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks for a server")
def test_another_process_that_keeps_a_calendar_sees_a_change_with_its_next_action(
    other_process, committed_world
):
    world = committed_world
    initiative = world.draft()

    def look():
        print(initiative.pk, file=other_process.stdin, flush=True)
        return other_process.stdout.readline().strip()

    seen = [look()]
    for change in (
        lambda: enter(world, "authority", SATURDAY, WORKING),
        lambda: enter(world, "school", FRIDAY, OFF),
        lambda: enter(world, "maths", FRIDAY, WORKING),
        lambda: calendars.strike(world.units["maths"], [FRIDAY]),
    ):
        change()
        seen += [look(), look()]
    assert seen == ["True", "True", "True", "False", "False", "True", "True", "False", "False"]


def test_an_allowance_is_counted_by_the_calendar_of_the_unit(world):
    """Monday + 3: to the end of Thursday, or of Friday where Tuesday is off."""
    enter(world, "maths", date(2025, 3, 4), OFF)
    world.at("with_head")
    due_at = WorkItem.objects.open().get(duty="decide").due_at
    assert last_day(due_at) == FRIDAY
    assert calendars.of(world.units["letters"]) == STATUTORY


@pytest.mark.both_databases
def test_zones_cut_a_subtree_where_calendars_begin(world):
    enter(world, "maths", FRIDAY, OFF)
    found: dict[int, Calendar] = {}
    for zone in calendars.zones(world.units["authority"], lambda calendar: calendar):
        units = Unit.objects.filter(zone.units(""))
        found |= {unit.pk: zone.answer for unit in units}
    expected = {unit.pk: calendars.of(unit) for unit in world.units.values()}
    assert found == expected


def test_a_calendar_that_changes_no_answer_begins_no_zone(world):
    enter(world, "maths", FRIDAY, OFF)
    (zone,) = calendars.zones(
        world.units["authority"], lambda calendar: calendar.is_working_day(SATURDAY)
    )
    assert (zone.answer, zone.without) == (False, ())
