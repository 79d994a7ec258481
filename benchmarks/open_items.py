"""100,000 open items of a Sở, each with the allowance that its due date follows from."""

from datetime import datetime, timedelta

from django.db import connection

from benchmarks.authority import MORE, found, grow
from people.models import Unit
from workflow.calendar import DAY, STATUTORY
from workflow.deadlines import before, local_day, within

INITIATIVES = 100_000
"""Each has its one open item."""
COUNTED_SINCE, ALLOWANCE = 5, 10
"""Counted from each of the last so many days, for so many working days: all span the next days."""
ALLOWED = """
UPDATE workflow_workitem SET opened_at = %(start)s, counted_from = %(start)s, due_at = %(due)s,
  working_days = %(allowance)s
WHERE closed_at IS NULL AND id %% %(days)s = %(place)s
"""


def fill(now: datetime, initiatives: int = INITIATIVES) -> Unit:
    """Returns the Sở."""
    movement, round_ = found()
    grow(movement, round_, 0, initiatives)
    with connection.cursor() as cursor:
        cursor.execute(MORE, {"count": initiatives})
        for place in range(COUNTED_SINCE):
            start = now - timedelta(days=place)
            facts: dict[str, datetime | int] = {
                "start": start, "due": within(start, ALLOWANCE, STATUTORY), "place": place,
                "allowance": ALLOWANCE, "days": COUNTED_SINCE,
            }  # fmt: skip
            cursor.execute(ALLOWED, facts)
        cursor.execute("VACUUM ANALYZE")
    return movement.unit


def working_day_after(now: datetime) -> datetime:
    """The next day on which work is done: a closure there moves every item."""
    day = local_day(now) + DAY
    while not STATUTORY.is_working_day(day):
        day += DAY
    return before(day)
