"""The dry run: what the sweep would write, read by the very statements it writes with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from notifications.audience import audience
from notifications.due import moments, reached
from notifications.sweep import KIND
from people.dialect import aware
from workflow.calendar import ZONE
from workflow.deadlines import local_day

CHUNK = 2000


@dataclass(frozen=True)
class Planned:
    """One message: of which item and rung, and to whom."""

    work_item: int
    initiative: str
    state: str
    duty: str
    rung_id: int
    rung: str
    kind: str
    recipient: str
    name: str
    due_at: datetime


def planned(now: datetime, movement: int | None = None) -> Iterator[Planned]:
    """Every message that a sweep at `now` would write, the longest overdue first; in chunks, so
    that a hundred thousand need no more memory than one.
    """
    found = moments(now)
    if found is None:
        return
    told, values = audience("SELECT item, item, rung FROM found", local_day(now))
    statement = f"""{reached(found, movement=movement)}, {told}
        SELECT owed.item, i.code, i.state, owed.duty, r.id, r.name, {KIND}, p.email, p.full_name,
          owed.due_at
        FROM told JOIN owed ON owed.id = told.id JOIN climbed ON climbed.id = told.id
        JOIN workflow_initiative i ON i.id = owed.initiative
        JOIN people_user p ON p.id = told.person
        JOIN notifications_ladderrung r ON r.id = climbed.rung
        ORDER BY owed.due_at, owed.item, told.owes DESC, p.email"""  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values | found.values | {"movement": movement})
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield Planned(*(*row[:-1], aware(row[-1]).astimezone(ZONE)))
