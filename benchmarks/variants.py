"""Three ways to take one initiative from draft to evaluated, eleven actions each.

The floor and the ORM do the least that could be called an approval: lock the row, look the
permission up, change the state, write a log entry and a mail. Ours does what the product promises.
"""

import os
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import transaction
from django.utils import timezone

from approvals.actions import perform
from approvals.create import create
from approvals.policy import Action
from benchmarks.models import Allowed, Item, Log, Mail
from people.models import User
from tests.world import REPORT, SCORES, WORDS, World

ACTIONS = 11
LIFE: tuple[tuple[str, Action, dict[str, Any]], ...] = (
    ("author", Action.SUBMIT, {}),
    ("head", Action.APPROVE, {}),
    ("principal", Action.APPROVE, {}),
    ("", Action.START, {}),
    ("author", Action.EDIT_REPORT, REPORT),
    ("author", Action.SUBMIT_REPORT, {}),
    ("head", Action.APPROVE, {}),
    ("secretary", Action.OPEN_EVALUATION, {}),
    ("council", Action.APPROVE, {"scores": SCORES}),
    ("principal", Action.APPROVE, {"recognised": True}),
)
"""What follows the creation: ten actions that end with the evaluation signed off."""
FLOOR = (
    "SELECT id, state FROM benchmarks_item WHERE id = %s FOR NO KEY UPDATE",
    "SELECT 1 FROM benchmarks_allowed WHERE user_id = %s AND action = %s",
    "UPDATE benchmarks_item SET state = %s, updated_at = now() WHERE id = %s",
    "INSERT INTO benchmarks_log (item_id, user_id, action, at) VALUES (%s, %s, %s, now())",
    "INSERT INTO benchmarks_mail (item_id, user_id, kind, created_at) VALUES (%s, %s, %s, now())",
)
CREATE = (
    "INSERT INTO benchmarks_item (title, state, updated_at) VALUES ('x', 's0', now()) RETURNING id"
)
Life = Callable[[], None]


def floor(world: World) -> Life:
    """Plain statements over a connection of its own, prepared by psycopg."""
    raw = psycopg.connect(os.environ["DATABASE_URL"], prepare_threshold=1)
    user = world.author.pk

    def live() -> None:
        item = 0
        for number in range(ACTIONS):
            with raw.transaction(), raw.cursor() as cursor:
                if number == 0:
                    row = cursor.execute(CREATE).fetchone()
                    item = row[0] if row else 0
                lock, allowed, update, log, mail = FLOOR
                cursor.execute(lock, (item,)).fetchone()
                cursor.execute(allowed, (user, "move")).fetchone()
                cursor.execute(update, (f"s{number}", item))
                cursor.execute(log, (item, user, "move"))
                cursor.execute(mail, (item, user, "moved"))

    return live


def orm(world: World) -> Life:
    """The same five statements by the ORM, the state by django-fsm."""
    user: User = world.author

    def act(item: int) -> int:
        with transaction.atomic():
            now = timezone.now()
            row = Item.objects.select_for_update(no_key=True).get(pk=item) if item else None
            row = row or Item.objects.create(title="x", updated_at=now)
            assert Allowed.objects.filter(user=user, action="move").exists()
            row.move()
            row.updated_at = now
            row.save()
            Log.objects.create(item=row, user=user, action="move", at=now)
            Mail.objects.create(item=row, user=user, kind="moved", created_at=now)
        return int(row.pk)

    def live() -> None:
        item = 0
        for _action in range(ACTIONS):
            item = act(item)

    return live


def ours(world: World) -> Life:
    """`create` and ten times `perform`: policy, hashes, work items, audit chain and outbox."""
    words = {"kind": "solution", "scope": "individual", "title": "Sáng kiến", **WORDS}
    shares = [{"user": world.co_author.pk, "share": 30}]

    def live() -> None:
        payload = words | {"co_authors": shares}
        unit = world.units["maths"].pk
        made = create(world.round.pk, unit, world.author, world.now, payload).initiative.pk
        for who, action, values in LIFE:
            actor = world.people[who] if who else None
            perform(action, made, actor, world.now, values)

    return live


VARIANTS = {"floor": floor, "orm": orm, "ours": ours}
