"""Working days in Vietnam, by the yearly notices of the Ministry."""

from datetime import date

import pytest

from workflow.calendar import add_working_days, is_working_day

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
    assert is_working_day(day) is DAYS[day]


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2025, 3, 3), 0, date(2025, 3, 3)),
        (date(2025, 3, 3), 3, date(2025, 3, 6)),
        (date(2025, 3, 6), 3, date(2025, 3, 11)),  # over a weekend
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # from a Saturday
        (date(2024, 2, 7), 1, date(2024, 2, 15)),  # over Tết
        (date(2023, 12, 29), 1, date(2024, 1, 2)),  # over a year's end
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
    ],
)
def test_the_first_day_of_a_period_is_not_counted(start, count, end):
    assert add_working_days(start, count) == end
