"""Changing what due dates follow from, a round or a calendar: shown first, then done.

Both take the same path. The preview makes the change, looks which open items are out of step, and
takes everything back; what is confirmed makes the change, and each dossier follows through the one
door. A few do so in the same transaction; where they are many, it commits with a row for each that
has still to follow, and workers let them.
"""

from datetime import datetime
from functools import partial

from django.db import connection, transaction

from approvals.actions import perform
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.shifts import Change, Scope, Shift, fingerprint, shifts
from people.dialect import keys, word
from people.insert_from import insert_from
from people.models import User
from people.waking import wake
from workflow.models import DateChange, Follower

IN_THE_REQUEST = 40
"""Dossiers that follow while the person waits: a quarter of a second."""
WORKER = "approvals.tasks.follow_dates"


class Overtaken(Exception):
    """What would move is not what was shown."""

    def __init__(self, found: list[Shift]) -> None:
        super().__init__()
        self.shifts = found


def preview(change: Change, scope: Scope, now: datetime) -> list[Shift]:
    """What the change would move, the nearest first. Nothing stays changed."""
    with transaction.atomic():
        found = shifts(change, scope, now)
        transaction.set_rollback(True)
    return found


def carry_out(
    change: Change, scope: Scope, actor: User, now: datetime, comment: str, seen: str
) -> tuple[int, DateChange | None]:
    """Make the change; how many due dates move, and what the dossiers have still to follow if they
    do so later.

    `seen` is the fingerprint of what was shown: anything else raises `Overtaken`, and nothing is
    changed.
    """
    with transaction.atomic():
        found = shifts(change, scope, now)
        if fingerprint(found) != seen:
            raise Overtaken(found)
        if are_many(found):
            return len(found), _later(scope, actor, now, comment, _dossiers(found))
        for pk in _dossiers(found):
            _follow_now(pk, actor, now, comment)
    return len(found), None


def are_many(found: list[Shift]) -> bool:
    """More than can follow while the person waits."""
    return len(_dossiers(found)) > IN_THE_REQUEST


def _dossiers(found: list[Shift]) -> list[int]:
    return sorted({shift.dossier for shift in found})


def _follow_now(pk: int, actor: User, now: datetime, comment: str) -> None:
    try:
        perform(Action.RESCHEDULE, pk, actor, now, {"comment": comment})
    except Refused as refused:
        if not refused.refusal.conflict:
            raise
        # this change took back an earlier one that the dossier had not followed yet


def _later(
    scope: Scope, actor: User, now: datetime, comment: str, dossiers: list[int]
) -> DateChange:
    change = DateChange.objects.create(
        unit=scope.unit, movement=scope.movement, made_by=actor, made_at=now, comment=comment,
        total=len(dossiers),
    )  # fmt: skip
    columns = {"change": "%(change)s", "initiative": "i.id"}
    source = f"workflow_initiative i WHERE i.id {word('among', 'dossiers')}"
    with connection.cursor() as cursor:
        values = {"change": change.pk, "dossiers": keys(dossiers)}
        cursor.execute(insert_from(Follower, columns, source), values)
    transaction.on_commit(partial(wake, WORKER))
    return change
