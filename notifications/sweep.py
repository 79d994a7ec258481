"""Apply the ladder: each rung once per work item and due time, by a unique key, however often and
in however many places it runs.

A batch is one transaction: what is due is locked and written down; then the right to decide goes
up and the messages are written. No row of it passes through Python.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from notifications.audience import audience
from notifications.due import Moments, moments, reached
from notifications.models import Escalation, Message
from notifications.nudge import nudge
from people.dialect import instant, keys, plans_anew, word
from people.insert_from import insert_from
from workflow.deadlines import local_day
from workflow.models import Because, Duty

BATCH = 5000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def climb(now: datetime) -> int:
    """Apply every rung that is due, in batches that each commit; returns their number."""
    climbed, since = 0, instant(LONG_AGO)
    found = moments(now)
    while found:
        with transaction.atomic(), plans_anew():
            rows = _write_down(found, since)
            if rows:
                _tell([key for key, _due in rows], found, now)
                transaction.on_commit(nudge)
        climbed += len(rows)
        if not rows:
            break
        since = max(due for _key, due in rows)
    return climbed


def _write_down(found: Moments, since: Any) -> list[tuple[int, Any]]:
    """The escalations of the next batch: their keys, and where it ended."""
    columns = {"work_item": "item", "rung": "rung", "due_at": "due_at", "at": "%(now)s"}
    insert = insert_from(Escalation, columns, "found WHERE true")
    with connection.cursor() as cursor:
        statement = f"{reached(found, batch=BATCH)} {insert} RETURNING id, due_at"
        cursor.execute(statement, found.values | {"since": since})
        return list(cursor.fetchall())


def _tell(climbed: list[int], found: Moments, now: datetime) -> None:
    """Let the right to decide go up where the rung says so, and write the messages."""
    chosen = f"""SELECT e.id, e.work_item_id, e.rung_id FROM notifications_escalation e
        WHERE e.id {word("among", "climbed")}"""  # noqa: S608
    told, values = audience(chosen, local_day(now))
    values |= {"climbed": keys(climbed), "now": found.values["now"]}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # both at once: whom they concern is found once
            cursor.execute(f"WITH {told}, raised AS ({_RAISE}) {_messages()}", values)
        else:
            for statement in (_RAISE, _messages()):
                cursor.execute(f"WITH {told} {statement}", values)


_RAISE = f"""
UPDATE workflow_workitem SET raised_at = %(now)s, raised_because = '{Because.LATE}',
  raised_unit_id = higher.unit, raised_role = higher.role
FROM (
  SELECT owed.item, up.unit, up.role FROM owed JOIN up ON up.id = owed.id
  WHERE owed.raises AND NOT owed.of_authors
) higher
WHERE workflow_workitem.id = higher.item AND workflow_workitem.closed_at IS NULL
"""  # noqa: S608 (constants of ours)


def _messages() -> str:
    """One for each person told. `kind` says whose it is to do and how far things have come."""
    return insert_from(
        Message,
        {
            "key": "'rung/' || told.id || '/' || told.person",
            "message_id": word("new_uuid"),
            "kind": KIND,
            "recipient": "told.person",
            "initiative": "owed.initiative",
            "facts": _facts(),
            "created_at": "%(now)s",
            "not_before": "%(now)s",
        },
        "told JOIN owed ON owed.id = told.id WHERE true",
    )


KIND = """CASE WHEN told.owes = 1 THEN
    CASE WHEN owed.due_at <= %(now)s THEN 'overdue' ELSE 'due_soon' END
  WHEN owed.raises THEN 'escalated'
  WHEN owed.due_at <= %(now)s THEN 'overdue_below' ELSE 'due_soon_below' END"""


def _facts() -> str:
    """As `notifications.composing` reads them; a step that is to be decided is named."""
    known = f"""'duty', owed.duty, 'due_at', {word("iso", "owed.due_at")}, 'unit', owed.unit"""
    both = word("json")
    return f"""CASE WHEN owed.duty = '{Duty.DECIDE}'
      THEN {both}('work_item', owed.item, {known}) ELSE {both}({known}) END"""
