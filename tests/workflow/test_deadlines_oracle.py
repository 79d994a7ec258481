"""Every rule of time against an oracle that knows nothing of ours, over 12,000 drawn cases."""

import os
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from tests.workflow import oracle
from workflow.calendar import STATUTORY, ZONE, Calendar
from workflow.deadlines import before, last_day, later, latest_due, local_day, within

SEED = int(os.environ.get("CALENDAR_SEED", "20260225"))
CASES = 12_000
FIRST, LAST = date(2023, 1, 1), date(2028, 11, 30)
TET = [date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17),
       date(2027, 2, 6), date(2028, 1, 26)]  # fmt: skip
EDGES = {
    "tet": [day + timedelta(days=n) for day in TET for n in range(-9, 9)],
    "29 February": [date(year, 2, 28) + timedelta(days=n) for year in (2024, 2028)
                    for n in range(-4, 4)],
    "year end": [date(year, 12, 31) + timedelta(days=n) for year in range(2023, 2028)
                 for n in range(-4, 5)],
    "make-up Saturday": [day + timedelta(days=n) for day in sorted(oracle.SATURDAYS)
                         for n in range(-5, 3)],
    "any": [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)],
}  # fmt: skip
SECONDS = (0, 1, 8 * 3600, 17 * 3600, 86_399)
"""Of a day in Việt Nam: midnight and the second before the next one among them."""


def cases():
    """A start, an allowance, and what a school has entered around it; the edges come in turn."""
    chance = Random(SEED)
    names = list(EDGES)
    for number in range(CASES):
        day = chance.choice(EDGES[names[number % len(names)]])
        school = {
            day + timedelta(days=chance.randint(-3, 20)): chance.random() < 0.4
            for _entry in range(chance.choice((0, 0, 1, 2, 6)))
        }
        second = chance.choice((*SECONDS, chance.randrange(86_400)))
        start = oracle.midnight(day) + timedelta(seconds=second)
        zone = chance.choice((UTC, ZONE, oracle.VIETNAM))
        yield start.astimezone(zone), chance.choice((0, 1, 2, 3, 5, 10)), school


def calendar_of(school):
    return Calendar(
        frozenset(day for day, works in school.items() if not works),
        frozenset(day for day, works in school.items() if works),
    )


def test_every_day_of_six_years_is_worked_as_the_table_says():
    days = EDGES["any"]
    wrong = [day for day in days if STATUTORY.is_working_day(day) != oracle.works(day, {})]
    assert wrong == []


def test_a_period_ends_when_the_oracle_says():
    print(f"\nseed {SEED}, {CASES} cases")
    on_a_day_off = 0
    for start, days, school in cases():
        due_at = within(start, days, calendar_of(school))
        assert due_at == oracle.ends(start, days, school), (start, days, school)
        natural = start.astimezone(oracle.VIETNAM).date() + timedelta(days=days)
        on_a_day_off += not oracle.works(natural, school)
    assert on_a_day_off > CASES / 5, "too few periods that end on a day off"


def test_a_date_binds_as_the_oracle_says_and_never_rolls():
    for start, days, school in cases():
        bound = start.astimezone(oracle.VIETNAM).date() + timedelta(days=days * 2 - 5)
        assert before(bound) == oracle.midnight(bound)
        assert last_day(before(bound)) == bound - timedelta(days=1)
        expected = max(oracle.midnight(bound), oracle.ends(start, days, school))
        assert later(bound, start, days, calendar_of(school)) == expected


def test_the_latest_due_is_the_last_midnight_that_has_run_out():
    for now, days, school in list(cases())[: CASES // 4]:
        offset = days or 1
        found = latest_due(now, offset, working_days=True, calendar=calendar_of(school))
        instant, day = timedelta(microseconds=1), timedelta(days=1)
        assert oracle.ends(found - instant, offset, school) <= now
        assert oracle.ends(found + day - instant, offset, school) > now


def test_the_day_is_the_one_in_vietnam():
    for start, _days, _school in cases():
        assert local_day(start) == (start.astimezone(UTC) + timedelta(hours=7)).date()


@pytest.mark.parametrize("name", EDGES)
def test_every_edge_is_among_the_cases(name):
    days = set(EDGES[name])
    assert sum(start.astimezone(oracle.VIETNAM).date() in days for start, *_ in cases()) > 1000


def test_an_oracle_without_a_holiday_is_noticed(monkeypatch):
    """The control: the cases do reach the Tết of every year from 2024 to 2028."""
    for day in TET[1:]:
        monday = next(day + timedelta(days=n) for n in range(6)
                      if day + timedelta(days=n) in oracle.HOLIDAYS)  # fmt: skip
        monkeypatch.setattr(oracle, "HOLIDAYS", oracle.HOLIDAYS - {monday})
        with pytest.raises(AssertionError):
            test_a_period_ends_when_the_oracle_says()
        monkeypatch.undo()


def test_a_closure_longer_than_a_summer_still_ends():
    closed = frozenset(date(2025, 6, 1) + timedelta(days=n) for n in range(90))
    due_at = within(datetime(2025, 5, 30, 8, tzinfo=ZONE), 1, Calendar(off=closed))
    assert last_day(due_at) == date(2025, 9, 3)  # 1/9 and 2/9 are off for everybody
