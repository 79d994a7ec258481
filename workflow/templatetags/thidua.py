"""What templates need to say about states, days and lateness."""

from datetime import date, datetime

from django.template import Library
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.calendar import DAY
from workflow.deadlines import is_overdue, last_day, local_day
from workflow.models import APPROVED, State
from workflow.models.initiative import STATES

register = Library()

TONES: dict[str, str] = {
    State.DRAFT: "draft",
    State.REGISTERED: "registered",
    State.IN_PROGRESS: "progress",
    State.REPORTED: "reported",
    State.EVALUATED: "evaluated",
    State.WITHDRAWN: "withdrawn",
    APPROVED: "evaluated",
}

SOON = 2
"""Days."""


@register.filter
def tone(state: str) -> str:
    """The colour name of a state, for CSS."""
    return TONES[state]


@register.filter
def state_label(state: str) -> str:
    return str(dict(STATES)[state])


@register.filter
def last(due_at: datetime) -> date:
    """The last day that is in time: "trước 31/10" reads 30/10."""
    return last_day(due_at)


@register.filter
def iso(text: str) -> date:
    """A day as data keeps it (ISO 8601)."""
    return date.fromisoformat(text)


@register.filter
def eve(bound: date | None) -> date | None:
    """The last day before an exclusive bound: "trước 31/10" reads 30/10."""
    return bound - DAY if bound else None


@register.filter
def late(due_at: datetime, now: datetime) -> bool:
    return is_overdue(due_at, now)


def days_left(due_at: datetime, now: datetime) -> int:
    """Calendar days until the last day in time; negative when it is past."""
    return (last_day(due_at) - local_day(now)).days


@register.filter
def soon(due_at: datetime, now: datetime) -> bool:
    """In time, but not for long: from here on pages raise their voice."""
    return days_left(due_at, now) <= SOON


@register.filter
def left(due_at: datetime, now: datetime) -> str:
    """How long there is, or how late it is, in words."""
    days = days_left(due_at, now)
    if is_overdue(due_at, now):
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return _("ends today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


@register.filter
def lookup(mapping: dict[str, object], key: str) -> object:
    return mapping.get(key, "")
