"""Everything a rule or a move needs to know about one initiative, gathered in three statements."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value

from approvals.models import Decision, Verdict
from people.grants import Holders, Holding, by_post, holdings
from people.models import User
from people.prepared import Prepared
from workflow.deadlines import local_day
from workflow.models import (
    OF_AUTHORS,
    AuditEntry,
    Authorship,
    Duty,
    Initiative,
    Round,
    Submission,
    WorkItem,
)
from workflow.queries import Keys, keys

Actor = User | AnonymousUser | None
"""Who acts: a person, nobody signed in, or None for the system itself (the sweep)."""


@dataclass
class Seat:
    """By which right somebody decides: the work item and the holding that answers to it."""

    item: WorkItem
    holding: Holding


@dataclass
class Case:
    initiative: Initiative
    actor: Actor
    now: datetime
    held: list[Holding]
    items: list[WorkItem]
    seen: int | None = None
    author_ids: set[int] = field(default_factory=set)
    decided_steps: set[int] = field(default_factory=set)
    just_decided: bool = False
    report_before: date | None = None
    replayed: dict[str, Any] | None = None
    event: str = ""
    on_behalf_of_id: int | None = None
    opened: list[WorkItem] = field(default_factory=list)
    closed: list[WorkItem] = field(default_factory=list)
    decision: Decision | None = None
    mentioned: list[User] = field(default_factory=list)
    chased: list[WorkItem] = field(default_factory=list)

    @property
    def person(self) -> User | None:
        return self.actor if isinstance(self.actor, User) else None

    @property
    def is_lead(self) -> bool:
        return self.person is not None and self.initiative.lead_id == self.person.pk

    @property
    def pending(self) -> Submission | None:
        return self.initiative.pending

    @cached_property
    def holders(self) -> Holders:
        return by_post(self.held)

    @cached_property
    def own_holders(self) -> Holders:
        return by_post(self.held, own=True)

    @property
    def is_author(self) -> bool:
        return self.person is not None and self.person.pk in self.author_ids

    def holds(self, permission: str) -> bool:
        return any(self._mine(held) and held.permission == permission for held in self.held)

    @cached_property
    def seats(self) -> list[Seat]:
        """The open steps this actor may answer, each in their own name rather than for another."""
        if self.person is None or not self.person.is_active:
            return []
        mine = [held for held in self.held if self._mine(held) and held.permission == "decide"]
        mine.sort(key=lambda held: held.on_behalf_of_id or 0)
        found = []
        for item in self.deciding:
            named = Holding(self.person, "", item.unit_id, "decide", None)
            rights = [named, *mine] if not item.role else mine
            if right := next((held for held in rights if answers(held, item)), None):
                found.append(Seat(item, right))
        return found

    @property
    def seat(self) -> Seat | None:
        """The step in question: the one the person saw, else the first they have not answered."""
        if self.seen is not None:
            return next((seat for seat in self.seats if seat.item.pk == self.seen), None)
        fresh = [seat for seat in self.seats if seat.item.step not in self.decided_steps]
        return next(iter([*fresh, *self.seats]), None)

    @property
    def peers(self) -> dict[int, User]:
        """Who else holds the role of the step in question: no author, and not asked already."""
        if not self.seat:
            return {}
        item = self.seat.item
        asked = {one.person_id for one in self.deciding if one.step == item.step}
        without = self.author_ids | asked | {self.person.pk if self.person else None}
        holders = self.own_holders.get((item.unit_id, item.role), {})
        return {key: user for key, user in holders.items() if key not in without}

    @property
    def deciding(self) -> list[WorkItem]:
        return [item for item in self.items if item.duty == Duty.DECIDE]

    def owing(self, item: WorkItem) -> list[User]:
        """The people who can do what is owed: the person, or whoever holds the post."""
        if item.duty in OF_AUTHORS:
            return [self.initiative.lead]
        holders = dict(self.holders.get((item.unit_id, item.role), {}))
        if item.person:
            holders = {item.person.pk: item.person}
        holders |= self.holders.get((item.raised_unit_id or 0, item.raised_role), {})
        return [user for key, user in holders.items() if key not in self.author_ids]

    @property
    def asks(self) -> str:
        """What the open step wants besides a verdict; empty when it is not this actor's."""
        if not (self.pending and self.seat):
            return ""
        return str(self.pending.step(self.seat.item.step)["asks"])

    @property
    def speaks_for_an_author(self) -> bool:
        """A delegate may not decide what the delegator could not."""
        behalf = self.seat and self.seat.holding.on_behalf_of_id
        return behalf is not None and behalf in self.author_ids

    def decided_for(self, delegator_id: int | None) -> set[int]:
        """The steps that a delegator has decided: their delegate cannot add a second voice."""
        if delegator_id is None or self.pending is None:
            return set()
        theirs = Decision.objects.voiced_by(delegator_id).filter(submission=self.pending)
        steps = theirs.values_list("work_item__step", flat=True)
        return {step for step in steps if step} | kept_of(self.pending, delegator_id)

    @property
    def next_seq(self) -> int:
        """The number of the audit entry that this change will have."""
        return self.initiative.audit_seq + 1

    def _mine(self, held: Holding) -> bool:
        return self.person is not None and held.user.pk == self.person.pk

    def close_items(self, *duties: str) -> None:
        """Close the open items of these duties, or all when none is named."""
        self.close_where(lambda item: not duties or item.duty in duties)

    def close_where(self, chosen: Callable[[WorkItem], bool]) -> None:
        for item in filter(chosen, self.items):
            item.closed_at, item.closed_by = self.now, self.person
            self.closed.append(item)
        self.items = [item for item in self.items if item.closed_at is None]


def answers(held: Holding, item: WorkItem) -> bool:
    """Does this holding answer to the item: as asked, or by the post it was raised to?"""
    raised = item.raised_role and (item.raised_unit_id, item.raised_role)
    return is_asked(held, item) or (held.unit_id, held.role) == raised


def is_asked(held: Holding, item: WorkItem) -> bool:
    """An item for one person waits for them or for their delegate, not for others of the role."""
    same_post = (held.unit_id, held.role) == (item.unit_id, item.role)
    return same_post and item.person_id in (None, held.on_behalf_of_id or held.user.pk)


def kept_of(submission: Submission | None, person_id: int | None) -> set[int]:
    """The steps for which this person's earlier approval was kept."""
    if submission is None or person_id is None:
        return set()
    return {
        step["number"]
        for step in submission.route
        if any(person_id in (one["actor"], one["on_behalf_of"]) for one in step["kept"])
    }


def open_case(
    initiative_id: int, actor: Actor, now: datetime, *, lock: bool, key: str | None = None
) -> Case:
    """Gather the case; with `lock` the initiative's row stays locked until the commit."""
    person = actor if isinstance(actor, User) else None
    found = _row(
        initiative_id=initiative_id,
        person=person.pk if person else None,
        key=key,
        undo_since=now - settings.UNDO_WINDOW,
        lock=lock,
    )
    if not found:
        raise Initiative.DoesNotExist
    initiative = found[0]
    replay = initiative.replay
    return Case(
        initiative,
        actor,
        now,
        holdings(initiative.unit.line, local_day(now), person),
        _open_items(initiative=initiative.pk),
        author_ids=keys(initiative.author_keys),
        decided_steps=keys(initiative.decided_steps)
        | kept_of(initiative.pending, person.pk if person else None),
        just_decided=initiative.just_decided,
        report_before=initiative.report_before,
        replayed=json.loads(replay) if replay else None,
    )


@Prepared
def _open_items(initiative: int) -> QuerySet[WorkItem]:
    items = WorkItem.objects.open().filter(initiative=initiative)
    return items.select_related("person").order_by("pk")


@Prepared
def _row(
    initiative_id: int, person: int | None, key: str | None, undo_since: datetime, lock: bool
) -> QuerySet[Any]:
    authors = Authorship.objects.filter(initiative=OuterRef("pk"))
    mine = Decision.objects.voiced_by(person).filter(submission=OuterRef("pending"))
    last = AuditEntry.objects.filter(
        hash=OuterRef("audit_head"),
        actor=person,
        action__in=Verdict.values,
        state_from=F("state_to"),
        at__gt=undo_since,
    )
    rounds = Round.objects.filter(
        movement=OuterRef("movement"), year=OuterRef("round__year"), report_before__isnull=False
    )
    same_key = AuditEntry.objects.filter(key=key).values("details") if key else None
    row = Initiative.objects.filter(pk=initiative_id).select_related(
        "movement", "round", "unit", "lead", "pending"
    )
    if lock:
        row = row.select_for_update(of=("self",), no_key=True)
    return row.annotate(
        author_keys=_joined(authors, "initiative", "user"),
        decided_steps=_joined(mine, "submission", "work_item__step") if person else Value(""),
        just_decided=Exists(last) if person else Value(False),
        report_before=Subquery(rounds.order_by(F("number").desc()).values("report_before")[:1]),
        replay=Subquery(same_key) if same_key is not None else Value(""),
    )


def _joined(rows: QuerySet[Any], by: str, name: str) -> Subquery:
    """One column of several rows, brought along in one text."""
    grouped = rows.order_by().values(by)
    return Subquery(grouped.annotate(keys=Keys(name)).values("keys"))
