"""Working days in Vietnam: weekends and statutory holidays are off (Labour Code 2019, Art. 112).

Tết and Giỗ Tổ follow the lunar calendar, a holiday on a weekend is given back on a working day,
and a yearly notice swaps some days for make-up Saturdays: the table is the `holidays` library's.
What a unit changes of it is data (`workflow.calendars`) and arrives here as a value.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
FRIDAY = 4


@cache
def _statutory() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


@cache
def _is_worked(day: date) -> bool:
    table = _statutory()
    if day in table:  # asking fills in the day's year, with its make-up Saturdays
        return False
    return day.weekday() <= FRIDAY or day in table.weekend_workdays


def holiday_name(day: date, language: str) -> str:
    """What the holiday is called; empty on any other day."""
    return _names(day.year, "vi" if language == "vi" else "en_US").get(day, "")


@cache
def _names(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language=language))


@dataclass(frozen=True)
class Calendar:
    """The statutory days, and the days on which a unit differs. Two equal ones work alike."""

    off: frozenset[date] = field(default=frozenset())
    working: frozenset[date] = field(default=frozenset())

    def is_working_day(self, day: date) -> bool:
        if day in self.working:
            return True
        return day not in self.off and _is_worked(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The last day of a period of `count` working days that begins on `day`.

        Its first day is not counted, and an end on a day off runs on to the next working day
        (Civil Code 2015, Art. 147 and 148): only a period of no days can have such an end.
        """
        while count > 0:
            day += DAY
            count -= self.is_working_day(day)
        while not self.is_working_day(day):
            day += DAY
        return day


STATUTORY = Calendar()
"""Where no unit has entered anything."""
