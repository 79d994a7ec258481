"""The school that the faults befall, and its late work. Needs Django set up."""

from collections.abc import Collection
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from notifications.models import Escalation, Message
from people.models import Unit, User
from tests.faults.history import History
from tests.world import PASSWORD, World, build
from workflow.models import Initiative, Movement, WorkItem

TEACHERS = 100
BATCH = 1000
LATE = timedelta(hours=1)


def found(drafts: int) -> None:
    """The school of tests.world as of today, a hundred more teachers and complete drafts."""
    world: World = build(timezone.now(), PASSWORD)
    for number in range(TEACHERS):
        User.objects.create_user(f"teacher{number}@example.test", full_name=f"Teacher {number}")
    for _draft in range(drafts):
        world.draft(co_authors=())


def owe(count: int, late: timedelta = LATE, opened: timedelta = timedelta(days=1)) -> list[int]:
    """So many initiatives whose report has been due for `late`; returns the work items' keys."""
    now, movement = timezone.now(), Movement.objects.get()
    round_, maths = movement.rounds.get(), Unit.objects.get(name="Tổ Toán")
    teachers = list(User.objects.filter(email__startswith="teacher"))
    made = Initiative.objects.filter(code__startswith="LATE-").count()
    initiatives = [
        Initiative(
            movement=movement, round=round_, unit=maths, lead=teachers[number % TEACHERS],
            code=f"LATE-{number}", title=f"Sáng kiến {number}", state="in_progress",
            kind="solution", scope="individual", created_at=now, updated_at=now,
        )
        for number in range(made, made + count)
    ]  # fmt: skip
    Initiative.objects.bulk_create(initiatives, batch_size=BATCH)
    items = [
        WorkItem(
            initiative=initiative, duty="report", unit=maths, person=initiative.lead,
            opened_at=now - late - opened, due_at=now - late,
        )
        for initiative in initiatives
    ]  # fmt: skip
    WorkItem.objects.bulk_create(items, batch_size=BATCH)
    return [item.pk for item in items]


def undelivered() -> int:
    return Message.objects.undelivered().filter(cancelled_at=None).count()


def told(items: list[int]) -> int:
    """How many of these have climbed a rung, and whose holders have a message."""
    climbed = Escalation.objects.filter(work_item__in=items)
    return climbed.values("work_item").distinct().count()


def sweeping() -> bool:
    """Does a transaction that has not ended write rungs now? A sweep's rows appear all at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM pg_locks WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' "
            "AND pid <> pg_backend_pid()",
            [Escalation._meta.db_table],
        )
        return bool(cursor.rowcount)


def write_down_mails(history: History, refused: Collection[str] = ()) -> None:
    """Every row of the outbox is a promise, also one that was given up: but for those that the
    mail server refused for good, which must not have arrived.
    """
    for message in Message.objects.only("message_id", "created_at"):
        key = str(message.message_id)
        history.add("mail", "invoke", key, message.created_at.timestamp())
        history.add("mail", "fail" if key in refused else "ok", key)


def write_down_rungs(history: History, items: list[int]) -> None:
    """One rung per item was due; `seen` are the rows that are there."""
    for item in items:
        history.add("rung", "ok", str(item))
    for item in Escalation.objects.filter(work_item__in=items).values_list("work_item", flat=True):
        history.add("rung", "seen", str(item))


def drop_unique_keys() -> None:
    """What makes each rung and each message happen once; for the controls."""
    with connection.cursor() as cursor:
        for model in (Escalation, Message):
            table = model._meta.db_table
            for name, facts in connection.introspection.get_constraints(cursor, table).items():
                if facts["unique"] and not facts["primary_key"]:
                    cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')
