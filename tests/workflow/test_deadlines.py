"""When something is late: exclusive bounds, whole days, Vietnamese midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar import STATUTORY, ZONE
from workflow.deadlines import (
    before,
    is_overdue,
    last_day,
    later,
    latest_due,
    local_day,
    within,
)

OCTOBER_31 = before(date(2023, 10, 31))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (at(2023, 10, 30, 23, 59, 59), False),
        (at(2023, 10, 31, 0, 0, 0), True),
        (datetime(2023, 10, 30, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2023, 10, 30, 17, 0, 0, tzinfo=UTC), True),
    ],
)
def test_before_31_10_is_late_from_its_midnight_in_vietnam(now, late):
    assert is_overdue(OCTOBER_31, now) is late


def test_before_31_10_reads_until_the_end_of_30_10():
    assert last_day(OCTOBER_31) == date(2023, 10, 30)


def test_a_calendar_date_on_a_day_off_does_not_roll_forward():
    assert last_day(before(date(2026, 11, 23))) == date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("start", "days", "due_at"),
    [
        (at(2025, 3, 3, 8), 3, at(2025, 3, 7)),  # Monday + 3: to the end of Thursday
        (at(2025, 3, 3, 23, 59), 3, at(2025, 3, 7)),  # the hour does not matter
        (at(2025, 3, 6, 8), 3, at(2025, 3, 12)),  # over a weekend
        (at(2024, 2, 7, 8), 1, at(2024, 2, 16)),  # over Tết
        (datetime(2025, 3, 2, 17, 30, tzinfo=UTC), 1, at(2025, 3, 5)),  # already Monday there
    ],
)
def test_a_period_runs_to_the_end_of_its_last_working_day(start, days, due_at):
    assert within(start, days, STATUTORY) == due_at


@pytest.mark.parametrize(
    ("bound", "start", "due_at"),
    [
        (date(2025, 10, 31), at(2025, 3, 3), at(2025, 10, 31)),  # the date binds
        (date(2025, 10, 31), at(2025, 10, 30), at(2025, 11, 5)),  # too near: the allowance
        (date(2025, 10, 31), at(2025, 12, 1), at(2025, 12, 5)),  # past
        (None, at(2025, 3, 3), at(2025, 3, 7)),
    ],
)
def test_a_date_never_leaves_less_than_the_allowance(bound, start, due_at):
    assert later(bound, start, 3, STATUTORY) == due_at


def test_the_local_day_changes_at_17_hours_utc():
    assert local_day(datetime(2025, 3, 2, 16, 59, tzinfo=UTC)) == date(2025, 3, 2)
    assert local_day(datetime(2025, 3, 2, 17, 0, tzinfo=UTC)) == date(2025, 3, 3)


instants = st.datetimes(datetime(2023, 1, 1), datetime(2028, 1, 1)).map(
    lambda naive: naive.replace(microsecond=0, tzinfo=ZONE)
)


@given(instants, st.integers(-10, 10))
def test_the_latest_due_in_days_is_the_inverse_of_the_offset(now, offset):
    due_at = latest_due(now, offset, working_days=False, calendar=STATUTORY)
    assert due_at + timedelta(days=offset) == now


@given(instants, st.integers(1, 10))
def test_the_latest_due_in_working_days_is_the_last_that_has_run_out(now, offset):
    """Against a search over every midnight of a month: slow, and plainly right."""
    midnights = [before(local_day(now) - timedelta(days=back)) for back in range(-1, 31)]

    run_out = [
        day for day in midnights if within(day - timedelta(seconds=1), offset, STATUTORY) <= now
    ]
    assert latest_due(now, offset, working_days=True, calendar=STATUTORY) == max(run_out)
