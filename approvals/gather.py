"""Gathering a case: one statement brings the dossier and all that rules and moves ask of it."""

import json
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery, Value

from approvals.case import Case
from approvals.models import Decision
from approvals.reading import Actor
from approvals.seats import kept_steps
from people.dialect import aware
from people.holdings import KNOWN, holdings
from people.instances import stored
from people.joined import joined, rows
from people.keys import NO_KEY, NextKey
from people.models import RosterStamp, User
from people.prepared import Prepared
from workflow.deadlines import local_day
from workflow.models import (
    AuditEntry,
    Authorship,
    CalendarStamp,
    Follower,
    Initiative,
    PlanStamp,
    Submission,
    WorkItem,
)

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
    *("unit__path", "unit__name", "lead__full_name", "lead__email", "lead__is_active"),
    *("pending__initiative", "pending__gate", "pending__content_hash", "pending__route"),
    *("pending__sheet", "pending__status", "pending__submitted_at"),
)
"""What is fetched with the dossier. The frozen text is long, and few ask for it."""


def open_case(
    initiative_id: int, actor: Actor, now: datetime, *, lock: bool, key: str | None = None
) -> Case:
    """Gather the case; with `lock` the initiative's row stays locked until the commit."""
    person = actor if isinstance(actor, User) else None
    initiative = _found(initiative_id, person.pk if person else None, key, lock)
    return Case(
        initiative,
        actor,
        now,
        holdings(initiative.unit.line, local_day(now), person, initiative.roster_stamp),
        [_item(row) for row in sorted(rows(initiative.open_items))],
        author_ids={user for (user,) in rows(initiative.author_rows)},
        decided_steps={step for (step,) in rows(initiative.decided_steps)}
        | kept_steps(initiative.pending, person.pk if person else None),
        calendar_stamp=initiative.calendar_stamp,
        plan_stamp=initiative.plan_stamp,
        follows={change: key for key, change in sorted(rows(initiative.followers))},
        replayed=json.loads(initiative.replay) if initiative.replay else None,
        keys={WorkItem: initiative.next_item, Submission: initiative.next_submission},
    )


def _found(initiative_id: int, person: int | None, key: str | None, lock: bool) -> Any:
    """The dossier, with all else the statement brings.

    On PostgreSQL a statement that had to wait for its lock sees the new version of the locked row,
    and everything else as it was before the wait. Such a case is gathered again, under the lock it
    holds by then.
    """
    asked = {"initiative_id": initiative_id, "person": person, "key": key, "lock": lock}
    found = _row(**asked)
    if lock and _changed_meanwhile(found):
        found = _row(**asked)
    if not found:
        raise Initiative.DoesNotExist
    return found[0]


def _item(row: list[Any]) -> WorkItem:
    facts, person = row[: len(ITEM)], row[len(ITEM) :]
    for place in INSTANTS:
        facts[place] = facts[place] and aware(facts[place])
    item = stored(WorkItem, (*ITEM, *CLOSED), (*facts, *(None,) * len(CLOSED)))
    item.person = stored(User, KNOWN, person) if item.person_id else None
    return item


def _changed_meanwhile(found: list[Any]) -> bool:
    """Did somebody change the dossier while the statement waited for its lock?

    Every change adds an entry to the audit, so the locked row then has a later number than the same
    row read beside it. If its submission has changed as well, the join no longer finds it.
    """
    return not found or found[0].audit_seq != found[0].seq_beside


@Prepared
def _row(
    initiative_id: int,
    person: int | None,
    key: str | None,
    lock: bool,
) -> QuerySet[Any]:
    here = {"initiative": OuterRef("pk")}
    mine = Decision.objects.voiced_by(person).filter(submission=OuterRef("pending"))
    items = WorkItem.objects.open().filter(**here)
    same_key = AuditEntry.objects.filter(key=key).values("details") if key else None
    row = Initiative.dossiers.filter(pk=initiative_id).order_by()
    row = row.select_related("unit", "lead", "pending").only(*SHOWN)
    row = row.annotate(
        open_items=joined(items, *ITEM, *(f"person__{name}" for name in KNOWN)),
        author_rows=joined(Authorship.objects.filter(**here), "user_id"),
        decided_steps=joined(mine, "work_item__step") if person else Value(""),
        calendar_stamp=CalendarStamp.column(),
        plan_stamp=PlanStamp.column(),
        followers=joined(Follower.objects.filter(**here), "pk", "change_id"),
        roster_stamp=RosterStamp.column(),
        replay=Subquery(same_key) if same_key is not None else Value(""),
        next_item=NextKey(WorkItem) if lock else NO_KEY,
        next_submission=NextKey(Submission) if lock else NO_KEY,
    )
    if not lock:
        return row
    beside = Initiative.dossiers.filter(pk=initiative_id).values("audit_seq")
    row = row.annotate(seq_beside=Subquery(beside))
    return row.select_for_update(no_key=True, of=("self",))
