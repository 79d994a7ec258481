"""Changing what due dates follow from, a round or a calendar: shown first, then done.

Both take the same path. The preview makes the change, looks which open items are out of step, and
takes everything back; what is confirmed makes the change and lets each dossier follow through the
one door, in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from approvals.actions import perform
from approvals.policy import Action
from people.models import User
from workflow import calendars
from workflow.allowances import Bounds, due_of
from workflow.canonical import canonical, digest
from workflow.deadlines import is_overdue
from workflow.models import Round, WorkItem

Change = Callable[[], None]


@dataclass(frozen=True)
class Shift:
    """An open item and the due date it would have."""

    item: WorkItem
    due_at: datetime
    late_at_once: bool


class Overtaken(Exception):
    """What would move is not what was shown."""

    def __init__(self, shifts: list[Shift]) -> None:
        super().__init__()
        self.shifts = shifts


def preview(change: Change, scope: Q, now: datetime) -> list[Shift]:
    """What the change would move, the nearest first. Nothing stays changed."""
    with transaction.atomic():
        change()
        found = shifts(scope, now)
        transaction.set_rollback(True)
    return found


def carry_out(change: Change, scope: Q, actor: User, now: datetime, comment: str, seen: str) -> int:
    """Make the change and move what follows; returns how many due dates moved.

    `seen` is the fingerprint of what was shown: anything else raises `Overtaken`, and nothing is
    changed.
    """
    with transaction.atomic():
        change()
        found = shifts(scope, now)
        if fingerprint(found) != seen:
            raise Overtaken(found)
        for pk in sorted({shift.item.initiative_id for shift in found}):
            perform(Action.RESCHEDULE, pk, actor, now, {"comment": comment})
    return len(found)


def shifts(scope: Q, now: datetime) -> list[Shift]:
    """Open items whose due date is not what plan and calendar say: two statements."""
    items = (
        WorkItem.objects.open()
        .filter(scope, counted_from__isnull=False)
        .select_related("initiative__unit", "initiative__round")
        .annotate(
            report_before=Round.objects.all().report_bound(
                "initiative__movement", "initiative__round__year"
            )
        )
    )
    stamp = calendars.stamp()
    moved = []
    for item in items:
        due_at = _due(item, stamp)
        if due_at != item.due_at:
            late = is_overdue(due_at, now) and not is_overdue(item.due_at, now)
            moved.append(Shift(item, due_at, late))
    return moved


def _due(item: WorkItem, stamp: str) -> datetime:
    dossier = item.initiative
    report_before = item.report_before  # type: ignore[attr-defined]
    bounds = Bounds(dossier.round.register_before, report_before, dossier.extended_before)
    return due_of(item, bounds, calendars.of_line(dossier.unit.line, stamp))


def fingerprint(shifts: list[Shift]) -> str:
    return digest(
        canonical(
            [
                [shift.item.pk, shift.item.due_at.isoformat(), shift.due_at.isoformat()]
                for shift in shifts
            ]
        )
    )
