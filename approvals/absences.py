"""Who stands in while everybody asked is absent: the deputy, then one role up.

The right is noted on the work item, so the worklist, the door, the letters and the record all
read it in one place. It is added to the right of those who were asked and never takes it away.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from approvals.seats import is_asked
from notifications.models import Message
from notifications.outbox import enqueue, message
from people.holdings import Holding, Post, by_post, holdings
from people.models import Absence, RosterStamp
from people.roles import DEPUTY
from workflow.deadlines import local_day
from workflow.models import Because, Duty, WorkItem
from workflow.routing import next_up

COVERED = (Duty.DECIDE, Duty.EXTENSION)
NOTED = ("raised_at", "raised_unit", "raised_role", "raised_because")


def stand_in(
    held: Iterable[Holding], item: WorkItem, line: list[int], authors: set[int]
) -> Post | None:
    """The post that answers for a step whose people are all away; None while one is there."""
    others = [one for one in held if one.user.pk not in authors]
    asked = [one for one in others if one.permission == "decide" and is_asked(one, item)]
    if not asked or any(not one.away for one in asked):
        return None
    present = by_post(one for one in others if not one.away)
    return next((post for post in _others(item, line) if present.get(post)), None)


def _others(item: WorkItem, line: list[int]) -> Iterator[Post]:
    if deputy := DEPUTY.get(item.role):
        yield item.unit_id, deputy
    post = next_up(line, (item.unit_id, item.role))
    while post:
        yield post
        post = next_up(line, post)


def cover(now: datetime) -> int:
    """Let somebody stand in where all are away today, and end it where somebody is back."""
    today = local_day(now)
    away = Absence.objects.in_force(today).values("user")
    posts = Q(unit__memberships__user__in=away) | Q(person__in=away)
    items = (
        WorkItem.objects.open()
        .filter((posts & Q(raised_role="")) | Q(raised_because=Because.ABSENCE), duty__in=COVERED)
        .select_related("initiative__unit", "person")
        .prefetch_related("initiative__authorships")
    )
    changed = []
    letters: list[Message] = []
    stamp = RosterStamp.current()
    for item in items.distinct():
        held = holdings(item.initiative.unit.line, today, stamp=stamp)
        if _note(item, held, now):
            changed.append(item)
            letters += _letters(item, held, now)
    with transaction.atomic():
        WorkItem.objects.bulk_update(changed, NOTED)
        enqueue(letters)
    return len(changed)


def _note(item: WorkItem, held: list[Holding], now: datetime) -> bool:
    line, before = item.initiative.unit.line, (item.raised_unit_id, item.raised_role)
    authors = {author.user_id for author in item.initiative.authorships.all()}
    note(item, stand_in(held, item, line, authors), now)
    return (item.raised_unit_id, item.raised_role) != before


def note(item: WorkItem, post: Post | None, now: datetime) -> None:
    """Write down who stands in, or that nobody needs to."""
    item.raised_unit_id, item.raised_role = post or (None, "")
    item.raised_at = now if post else None
    item.raised_because = Because.ABSENCE if post else ""


def _letters(item: WorkItem, held: list[Holding], now: datetime) -> Iterator[Message]:
    """Nobody is told when it ends: an empty post has no holders."""
    step = {"work_item": item.pk} if item.duty == Duty.DECIDE else {}
    for user in by_post(held).get((item.raised_unit_id or 0, item.raised_role), {}).values():
        yield message(
            f"absence/{item.pk}/{local_day(now):%Y%m%d}",
            "stand_in_wanted",
            user,
            now,
            item.initiative,
            due_at=item.due_at.isoformat(),
            unit=item.initiative.unit.name,
            duty=item.duty,
            **step,
        )
