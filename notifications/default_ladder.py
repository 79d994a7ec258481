"""The ladder a new movement starts with (design §4). Data from then on, edited per movement."""

from typing import Any

from notifications.models import LadderRung
from workflow.models import Movement

DEFAULT_LADDER: tuple[dict[str, Any], ...] = (
    {"name": "week_before", "offset": -7},
    {"name": "day_before", "offset": -1},
    {"name": "overdue", "offset": 0, "superior": True},
    {
        "name": "to_principal",
        "offset": 2,
        "working_days": True,
        "holder": False,
        "principal": True,
        "raises": True,
    },
)


def give_default_ladder(movement: Movement) -> None:
    LadderRung.objects.bulk_create(LadderRung(movement=movement, **rung) for rung in DEFAULT_LADDER)
