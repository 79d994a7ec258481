"""When a work item is due: the one rule, asked when it opens, when a round's date changes and when
the calendar does.
"""

from dataclasses import dataclass
from datetime import date, datetime

from workflow.calendar import Calendar
from workflow.deadlines import before, later, within
from workflow.models import Duty, WorkItem


@dataclass(frozen=True)
class Bounds:
    """The dates an initiative is held to. All are exclusive; an extension holds for its authors."""

    register_before: date | None
    report_before: date | None
    extended_before: date | None = None

    def of(self, duty: str) -> date | None:
        by_duty = {Duty.REGISTER: self.register_before, Duty.REPORT: self.report_before}
        given = [day for day in (by_duty.get(Duty(duty)), self.extended_before) if day]
        return max(given, default=None)


BOUND = (Duty.REGISTER, Duty.REPORT, Duty.OPEN_EVALUATION)
"""Duties that dates of the plan hold; the others know their allowance alone."""
NO_BOUNDS = Bounds(None, None)


def due(
    duty: str, counted_from: datetime, working_days: int, bounds: Bounds, calendar: Calendar
) -> datetime:
    """Authors have the round's date or what was granted, and never less than their allowance. An
    evaluation counts from when the round's reports are in, everything else from `counted_from`.
    """
    if duty in (Duty.REGISTER, Duty.REPORT):
        return later(bounds.of(duty), counted_from, working_days, calendar)
    if duty == Duty.OPEN_EVALUATION and bounds.report_before:
        counted_from = max(counted_from, before(bounds.report_before))
    return within(counted_from, working_days, calendar)


def due_of(item: WorkItem, bounds: Bounds, calendar: Calendar) -> datetime:
    """When an open item would be due now. One whose allowance is not known keeps its date."""
    if item.counted_from is None or item.working_days is None:
        return item.due_at
    return due(item.duty, item.counted_from, item.working_days, bounds, calendar)
