"""Which rung of the ladder is due for which work item: read-only, so that it can be shown first.

An item gets the highest rung that applies and has not been climbed: after an outage it is told
once where it stands, not every step it missed. A rung whose moment lay before the item was opened
is left out, or a task of three days would be announced and reminded in one minute; the same holds
for a date that moved.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from notifications.models import Escalation, LadderRung
from people.grants import Holders, Post, by_post, holdings
from people.models import User
from people.roles import Role
from workflow.calendar import Calendar
from workflow.calendars import zones
from workflow.deadlines import is_overdue, latest_due, local_day
from workflow.models import OF_AUTHORS, Movement, WorkItem
from workflow.queries import WorkItemQuerySet
from workflow.routing import next_up


@dataclass(frozen=True)
class Due:
    """A work item, the rung it has reached, and who is to be told: who owes it, and who else."""

    item: WorkItem
    rung: LadderRung
    owing: tuple[User, ...]
    informed: tuple[User, ...]
    raised_to: Post | None
    overdue: bool


def due(now: datetime) -> Iterator[Due]:
    """Everything the ladders ask for at `now`, movement by movement, the highest rungs first."""
    for movement in Movement.objects.select_related("unit").prefetch_related("ladder"):
        rungs = sorted(movement.ladder.all(), key=lambda rung: -rung.position)
        for zone in zones(movement.unit, partial(_reached, rungs, now)):
            bound: datetime | None = None
            for rung, reached in zip(rungs, zone.answer, strict=True):
                items = _items(rung, reached, bound).filter(zone.units("initiative__unit"))
                yield from _addressed(rung, items, now)
                bound = reached


def _reached(rungs: list[LadderRung], now: datetime, calendar: Calendar) -> tuple[datetime, ...]:
    """The latest due time that has come to each rung, where this calendar holds."""
    return tuple(
        latest_due(now, rung.offset, working_days=rung.working_days, calendar=calendar)
        for rung in rungs
    )


def _items(rung: LadderRung, reached: datetime, bound: datetime | None) -> WorkItemQuerySet:
    """A rung that was climbed for an earlier due date does not count for the one there is now."""
    climbed = Escalation.objects.filter(
        work_item=OuterRef("pk"), due_at=OuterRef("due_at"), rung__position__gte=rung.position
    )
    items = WorkItem.objects.open().filter(
        ~Exists(climbed), initiative__movement=rung.movement_id, due_at__lte=reached
    )
    if rung.offset < 0:
        dated_at = Coalesce("moved_at", "opened_at")
        items = items.alias(dated_at=dated_at).filter(
            dated_at__lt=F("due_at") + timedelta(days=rung.offset)
        )
    if bound:
        items = items.filter(due_at__gt=bound)
    return items.select_related("initiative__unit", "person").prefetch_related(
        "initiative__authorships"
    )


def _addressed(rung: LadderRung, items: Iterable[WorkItem], now: datetime) -> Iterator[Due]:
    found = list(items)
    lines = {unit for item in found for unit in item.initiative.unit.line}
    holders = by_post(holdings(lines, local_day(now))) if found else {}
    for item in found:
        owing, superior = _responsible(item, holders)
        told = dict(owing) if rung.holder else {}
        informed = holders[superior] if rung.superior and superior else {}
        if rung.principal:
            informed = informed | holders.get(_principal(item), {})
        yield Due(
            item,
            rung,
            tuple(told.values()),
            tuple(_but(informed, set(told)).values()),
            superior if rung.raises and item.duty not in OF_AUTHORS else None,
            is_overdue(item.due_at, now),
        )


def _responsible(item: WorkItem, holders: Holders) -> tuple[dict[int, User], Post | None]:
    """Who owes the item, and the nearest post above that somebody else holds."""
    line = item.initiative.unit.line
    head: Post = (line[0], Role.HEAD)
    if item.person:
        owing = {item.person.pk: item.person} if item.person.is_active else {}
        post = (item.unit_id, item.role) if item.role else head
        superior = next_up(line, post) if item.person.pk in holders.get(post, {}) else head
    else:
        authors = {author.user_id for author in item.initiative.authorships.all()}
        owing = _but(holders.get((item.unit_id, item.role), {}), authors)
        superior = next_up(line, (item.unit_id, item.role))
    while superior and not _but(holders.get(superior, {}), set(owing)):
        superior = next_up(line, superior)
    return owing, superior


def _principal(item: WorkItem) -> Post:
    line = item.initiative.unit.line
    return next_up(line, (line[0], Role.HEAD)) or (line[0], Role.PRINCIPAL)


def _but(people: dict[int, User], without: set[int]) -> dict[int, User]:
    return {key: user for key, user in people.items() if key not in without}
