"""Dates of the demo: office hours on working days."""

from datetime import date, datetime, time

from workflow.calendar import DAY, STATUTORY, ZONE


def working(day: date, count: int) -> date:
    """`count` working days after the first working day from `day` on; before it when negative."""
    while not STATUTORY.is_working_day(day):
        day += DAY
    if count >= 0:
        return STATUTORY.add_working_days(day, count)
    while count < 0:
        day -= DAY
        count += STATUTORY.is_working_day(day)
    return day


def at(day: date, hour: int, number: int) -> datetime:
    """An instant in that hour, at another minute for each initiative."""
    return datetime.combine(day, time(hour, number * 7 % 60), ZONE)
