"""What the calendar itself starts: the implementation of a round."""

from datetime import datetime

from django.db.models import F

from approvals.actions import perform
from approvals.policy import Action
from approvals.refusal import Refused
from workflow.deadlines import local_day
from workflow.models import Initiative, State


def start_due(now: datetime) -> int:
    """Start every registered initiative whose round's implementation has opened."""
    opened = Initiative.objects.filter(
        state=State.REGISTERED,
        movement__rounds__year=F("round__year"),
        movement__rounds__implement_from__lte=local_day(now),
    )
    return sum(_start(pk, now) for pk in opened.values_list("pk", flat=True).distinct())


def _start(pk: int, now: datetime) -> bool:
    try:
        return perform(Action.START, pk, None, now).changed
    except Refused:
        return False
