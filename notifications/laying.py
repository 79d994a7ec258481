"""Laying the ladder of a movement. A rung is never changed: it is retired, and another takes its
place, so that what it told stays true in the history and a sweep that runs meanwhile is not hurt.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from notifications.models import LadderRung
from notifications.models.ladder import TOLD
from people.models import User
from workflow.models import Movement

COPIED = ("name", "offset", "working_days", *TOLD, "raises")


def lay(
    movement: Movement, duty: str, values: dict[str, Any], by: User, now: datetime, old: int | None
) -> LadderRung:
    """Add a rung, or put it in the place of the one with the key `old`.

    Raises IntegrityError when another stands at the same moment.
    """
    with transaction.atomic():
        name = _name(values)
        if old is not None:
            retiring = movement.ladder.select_for_update().get(pk=old)
            if (retiring.offset, retiring.working_days) == (
                values["offset"],
                values["working_days"],
            ):
                name = retiring.name
            retire(retiring, by, now)
        return LadderRung.objects.create(movement=movement, duty=duty, name=name, **values)


def retire(rung: LadderRung, by: User, now: datetime) -> None:
    """From now on nobody climbs it; who did stays readable."""
    LadderRung.objects.in_force().filter(pk=rung.pk).update(retired_at=now, retired_by=by)


def give_own_ladder(movement: Movement, duty: str) -> None:
    """A kind of work begins its own ladder with the general rungs; nothing when it has one."""
    with transaction.atomic():
        Movement.objects.select_for_update().get(pk=movement.pk)
        rungs = movement.ladder.in_force()
        if not rungs.filter(duty=duty).exists():
            LadderRung.objects.bulk_create(
                LadderRung(
                    movement=movement, duty=duty, **{name: getattr(rung, name) for name in COPIED}
                )
                for rung in rungs.filter(duty="")
            )


def _name(values: dict[str, Any]) -> str:
    """As the dry run calls it."""
    days = values["offset"]
    unit = "working days" if values["working_days"] else "days"
    if not days:
        return "overdue"
    return slugify(f"{abs(days)} {unit} {'after' if days > 0 else 'before'}").replace("-", "_")
