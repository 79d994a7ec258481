"""Working days in Vietnam: weekends and statutory holidays are off (Labour Code 2019, Art. 112).

Tết and Giỗ Tổ follow the lunar calendar, and a holiday on a weekend is given back on a working
day: the table is the `holidays` library's.
"""

from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


@cache
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays()


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself is not counted (Civil Code Art. 147)."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day
