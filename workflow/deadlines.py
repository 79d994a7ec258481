"""The only arithmetic of lateness. Every due time is the first instant that is too late.

"Trước ngày 31/10" is an exclusive bound: 31/10 at 00:00 in Việt Nam is late, and pages show it as
"hết ngày 30/10". A calendar date never rolls forward; a period of working days does not count
its first day and runs to 24:00 of its last (Civil Code 2015, Art. 147-148). Which days are worked
is the calendar's business, which the caller brings along: `workflow.calendars` has it.
"""

from datetime import date, datetime, time, timedelta

from workflow.calendar import DAY, ZONE, Calendar

INSTANT = timedelta(microseconds=1)


def before(day: date) -> datetime:
    """The bound "trước ngày `day`": midnight at its start."""
    return datetime.combine(day, time.min, ZONE)


def within(start: datetime, working_days: int, calendar: Calendar) -> datetime:
    """The end of a period of working days that begins at `start`."""
    return before(calendar.add_working_days(local_day(start), working_days) + DAY)


def later(bound: date | None, start: datetime, working_days: int, calendar: Calendar) -> datetime:
    """A calendar bound, but never less than the allowance from `start`."""
    allowance = within(start, working_days, calendar)
    return max(before(bound), allowance) if bound else allowance


def local_day(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


def last_day(due_at: datetime) -> date:
    """The last day that is still in time: what people read."""
    return local_day(due_at - INSTANT)


def is_overdue(due_at: datetime, now: datetime) -> bool:
    return now >= due_at


def latest_due(now: datetime, offset: int, *, working_days: bool, calendar: Calendar) -> datetime:
    """The latest due time that lies `offset` days or more back at `now` (ahead when negative).

    The inverse of "due + offset": a sweep compares a stored column with one value instead of
    computing a date for every row. `calendars.zones` tells for which units it comes out alike.
    """
    if not working_days:
        return now - timedelta(days=offset)
    candidate = before(local_day(now))
    while within(candidate - INSTANT, offset, calendar) > now:
        candidate -= DAY
    return candidate
