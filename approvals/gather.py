"""Gathering a case: one statement brings the dossier and all that rules and moves ask of it."""

import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery, Value

from approvals.case import Actor, Case, kept_of
from approvals.models import Decision
from people.grants import COLUMNS, KNOWN, OnLine, deciding, held, known_person
from people.joined import joined, rows
from people.models import User
from people.prepared import Prepared
from workflow.calendars import STAMP
from workflow.deadlines import local_day
from workflow.models import AuditEntry, Authorship, Initiative, WorkItem

CLOSED = ("closed_at", "closed_by_id", "closed_seq")
"""An open item has none of these."""
ITEM = tuple(
    field.attname for field in WorkItem._meta.concrete_fields if field.attname not in CLOSED
)
INSTANTS = [
    ITEM.index(field.attname)
    for field in WorkItem._meta.concrete_fields
    if isinstance(field, DateTimeField) and field.attname in ITEM
]
SHOWN = (
    *(field.name for field in Initiative._meta.concrete_fields),
    *("unit__path", "unit__short_name", "lead__full_name", "lead__email", "lead__is_active"),
    *("pending__initiative", "pending__gate", "pending__content_hash", "pending__route"),
    *("pending__status", "pending__submitted_at"),
)
"""What is fetched with the dossier. The frozen text is long, and few ask for it."""


def open_case(
    initiative_id: int, actor: Actor, now: datetime, *, lock: bool, key: str | None = None
) -> Case:
    """Gather the case; with `lock` the initiative's row stays locked until the commit.

    The lock is a statement of its own: one that had to wait answers with what was there before
    the wait, but for the row that it locks.
    """
    person = actor if isinstance(actor, User) else None
    if lock:
        _lock(initiative=initiative_id)
    found = _row(
        initiative_id=initiative_id,
        person=person.pk if person else None,
        key=key,
        today=local_day(now),
    )
    if not found:
        raise Initiative.DoesNotExist
    initiative = found[0]
    return Case(
        initiative,
        actor,
        now,
        held(rows(initiative.held), person),
        [_item(row) for row in sorted(rows(initiative.open_items))],
        author_ids={user for (user,) in rows(initiative.author_rows)},
        decided_steps={step for (step,) in rows(initiative.decided_steps)}
        | kept_of(initiative.pending, person.pk if person else None),
        calendar_stamp=initiative.calendar_stamp,
        replayed=json.loads(initiative.replay) if initiative.replay else None,
    )


def _item(row: list[Any]) -> WorkItem:
    facts, person = row[: len(ITEM)], row[len(ITEM) :]
    for place in INSTANTS:
        facts[place] = _instant(facts[place])
    item = WorkItem.from_db(DEFAULT_DB_ALIAS, ITEM, facts)
    item.__dict__.update(dict.fromkeys(CLOSED))
    item.person = known_person(person) if item.person_id else None
    return item


def _instant(text: str | None) -> datetime | None:
    """SQLite keeps instants in UTC and does not say so."""
    found = datetime.fromisoformat(text) if text else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


@Prepared
def _lock(initiative: int) -> QuerySet[Any]:
    row = Initiative.dossiers.filter(pk=initiative).order_by()
    return row.select_for_update(no_key=True).values_list("pk")


@Prepared
def _row(
    initiative_id: int,
    person: int | None,
    key: str | None,
    today: date,
) -> QuerySet[Any]:
    here = {"initiative": OuterRef("pk")}
    mine = Decision.objects.voiced_by(person).filter(submission=OuterRef("pending"))
    grants = deciding(today, person).filter(OnLine("content_object_id", OuterRef("unit__path")))
    items = WorkItem.objects.open().filter(**here)
    same_key = AuditEntry.objects.filter(key=key).values("details") if key else None
    row = Initiative.dossiers.filter(pk=initiative_id).order_by()
    row = row.select_related("unit", "lead", "pending").only(*SHOWN)
    return row.annotate(
        held=joined(grants, *COLUMNS),
        open_items=joined(items, *ITEM, *(f"person__{name}" for name in KNOWN)),
        author_rows=joined(Authorship.objects.filter(**here), "user_id"),
        decided_steps=joined(mine, "work_item__step") if person else Value(""),
        calendar_stamp=STAMP,
        replay=Subquery(same_key) if same_key is not None else Value(""),
    )
