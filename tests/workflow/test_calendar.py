"""Working days in Vietnam, by the yearly notices of the Ministry."""

from datetime import date

import pytest

from workflow.calendar import STATUTORY, Calendar, holiday_name

DAYS = {
    date(2023, 9, 1): False,  # 2/9 has a second day: 1/9 in 2023
    date(2023, 9, 4): False,  # 2/9 was a Saturday, given back on Monday
    date(2023, 9, 5): True,
    date(2024, 2, 7): True,
    date(2024, 2, 8): False,  # Tết Giáp Thìn, from 29 tháng Chạp
    date(2024, 2, 14): False,
    date(2024, 2, 15): True,
    date(2024, 4, 18): False,  # Giỗ Tổ, 10/3 lunar
    date(2025, 1, 28): False,  # Tết Ất Tỵ
    date(2025, 2, 3): True,
    date(2025, 4, 7): False,  # Giỗ Tổ
    date(2025, 4, 26): True,  # a Saturday, made up for 2/5
    date(2025, 4, 30): False,
    date(2025, 5, 1): False,
    date(2026, 2, 16): False,  # Tết Bính Ngọ
    date(2026, 2, 20): False,
    date(2026, 2, 23): True,
    date(2026, 11, 21): False,  # a Saturday
    date(2026, 11, 22): False,
    date(2026, 11, 24): False,  # Vietnam Culture Day, a day off since 2026
    date(2026, 11, 25): True,
    date(2027, 1, 1): False,
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_is_worked_as_the_notice_says(day):
    assert STATUTORY.is_working_day(day) is DAYS[day]


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2025, 3, 3), 0, date(2025, 3, 3)),
        (date(2025, 3, 3), 3, date(2025, 3, 6)),
        (date(2025, 3, 6), 3, date(2025, 3, 11)),  # over a weekend
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # from a Saturday
        (date(2025, 3, 8), 0, date(2025, 3, 10)),  # ends on a day off
        (date(2025, 4, 25), 1, date(2025, 4, 26)),  # a make-up Saturday
        (date(2024, 2, 7), 1, date(2024, 2, 15)),  # over Tết
        (date(2023, 12, 29), 1, date(2024, 1, 2)),  # over a year's end
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
    ],
)
def test_the_first_day_of_a_period_is_not_counted(start, count, end):
    assert STATUTORY.add_working_days(start, count) == end


def test_a_unit_differs_from_the_statutory_days_both_ways():
    friday, saturday = date(2025, 3, 7), date(2025, 3, 8)
    ours = Calendar(off=frozenset({friday}), working=frozenset({saturday}))
    assert not ours.is_working_day(friday)
    assert ours.is_working_day(saturday)
    assert ours.add_working_days(date(2025, 3, 6), 1) == saturday


def test_two_calendars_of_the_same_days_are_one():
    day = frozenset({date(2025, 3, 7)})
    assert len({Calendar(off=day), Calendar(off=day), Calendar(working=day)}) == 2


def test_a_holiday_has_its_name_in_both_languages():
    tet = date(2025, 1, 29)
    assert (holiday_name(tet, "vi"), holiday_name(tet, "en")) == (
        "Tết Nguyên Đán", "Lunar New Year",
    )  # fmt: skip
    assert holiday_name(date(2025, 3, 3), "vi") == ""
