"""Everything a rule or a move needs to know about one initiative, gathered in three statements."""

import json
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
from workflow.deadlines import local_day
from workflow.models import AuditEntry, Authorship, Duty, Initiative, Round, Submission, WorkItem
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
    author_ids: set[int] = field(default_factory=set)
    decided_before: bool = False
    just_decided: bool = False
    report_before: date | None = None
    replayed: dict[str, Any] | None = None
    event: str = ""
    on_behalf_of_id: int | None = None
    opened: list[WorkItem] = field(default_factory=list)
    closed: list[WorkItem] = field(default_factory=list)
    decision: Decision | None = None

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

    @property
    def is_author(self) -> bool:
        return self.person is not None and self.person.pk in self.author_ids

    def holds(self, permission: str) -> bool:
        return any(self._mine(held) and held.permission == permission for held in self.held)

    @cached_property
    def seat(self) -> Seat | None:
        """The open step this actor may answer, in their own name rather than for another."""
        mine = [held for held in self.held if self._mine(held) and held.permission == "decide"]
        for item in self.items:
            posts = {(item.unit_id, item.role), (item.raised_unit_id, item.raised_role)}
            for held in sorted(mine, key=lambda held: held.on_behalf_of_id or 0):
                if item.duty == Duty.DECIDE and (held.unit_id, held.role) in posts:
                    return Seat(item, held)
        return None

    @property
    def asks(self) -> str:
        """What the open step wants besides a verdict; empty when it is not this actor's."""
        if not (self.pending and self.seat):
            return ""
        return str(self.pending.step(self.seat.item.position or 0)["asks"])

    @property
    def speaks_for_an_author(self) -> bool:
        """A delegate may not decide what the delegator could not."""
        behalf = self.seat and self.seat.holding.on_behalf_of_id
        return behalf is not None and behalf in self.author_ids

    def _mine(self, held: Holding) -> bool:
        return self.person is not None and held.user.pk == self.person.pk

    def close_items(self, *duties: str) -> None:
        """Close the open items of these duties, or all when none is named."""
        for item in self.items:
            if not duties or item.duty in duties:
                item.closed_at, item.closed_by = self.now, self.person
                self.closed.append(item)
        self.items = [item for item in self.items if item.closed_at is None]


def open_case(
    initiative_id: int, actor: Actor, now: datetime, *, lock: bool, key: str | None = None
) -> Case:
    """Gather the case; with `lock` the initiative's row stays locked until the commit."""
    person = actor if isinstance(actor, User) else None
    row = _row(person, key, now)
    if lock:
        row = row.select_for_update(of=("self",), no_key=True)
    initiative = row.get(pk=initiative_id)
    replay = initiative.replay
    return Case(
        initiative,
        actor,
        now,
        holdings(initiative.unit.line, local_day(now), person),
        list(WorkItem.objects.open().filter(initiative=initiative).order_by("pk")),
        author_ids=keys(initiative.author_keys),
        decided_before=initiative.decided_before,
        just_decided=initiative.just_decided,
        report_before=initiative.report_before,
        replayed=json.loads(replay) if replay else None,
    )


def _row(person: User | None, key: str | None, now: datetime) -> QuerySet[Any]:
    authors = Authorship.objects.filter(initiative=OuterRef("pk")).order_by().values("initiative")
    mine = Decision.objects.filter(
        submission=OuterRef("pending"), actor=person, undone_at__isnull=True
    )
    last = AuditEntry.objects.filter(
        hash=OuterRef("audit_head"),
        actor=person,
        action__in=Verdict.values,
        state_from=F("state_to"),
        at__gt=now - settings.UNDO_WINDOW,
    )
    rounds = Round.objects.filter(
        movement=OuterRef("movement"), year=OuterRef("round__year"), report_before__isnull=False
    )
    same_key = AuditEntry.objects.filter(key=key).values("details") if key else None
    return Initiative.objects.select_related(
        "movement", "round", "unit", "lead", "pending"
    ).annotate(
        author_keys=Subquery(authors.annotate(keys=Keys("user")).values("keys")),
        decided_before=Exists(mine) if person else Value(False),
        just_decided=Exists(last) if person else Value(False),
        report_before=Subquery(rounds.order_by(F("number").desc()).values("report_before")[:1]),
        replay=Subquery(same_key) if same_key is not None else Value(""),
    )
