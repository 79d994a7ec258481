"""Everything a rule or a move needs to know about one initiative."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Model, QuerySet

from approvals.models import Decision, Verdict
from approvals.tally import ballots, of_decisions, voting_step
from people.grants import Holders, Holding, by_post
from people.models import User
from people.prepared import Prepared
from people.rows import Change, Insert, store
from workflow import allowances, calendars
from workflow.allowances import Bounds
from workflow.calendar import Calendar
from workflow.models import OF_AUTHORS, AuditEntry, Duty, Initiative, Round, Submission, WorkItem
from workflow.voting import Tally

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
    calendar_stamp: str = ""
    follows: dict[int, int] = field(default_factory=dict)
    """Changes of dates that it has still to follow, with the keys of the rows that say so."""
    replayed: dict[str, Any] | None = None
    keys: dict[type[Model], int | None] = field(default_factory=dict)
    event: str = ""
    on_behalf_of_id: int | None = None
    changes: list[Change] = field(default_factory=list)
    opened: list[WorkItem] = field(default_factory=list)
    closed: list[WorkItem] = field(default_factory=list)
    moved: list[WorkItem] = field(default_factory=list)
    decision: Decision | None = None
    mentioned: list[User] = field(default_factory=list)
    chased: list[WorkItem] = field(default_factory=list)
    before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.before = dict(self.initiative.__dict__)

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
        return any(held.permission == permission for held in self.mine)

    @cached_property
    def seats(self) -> list[Seat]:
        """The open steps this actor may answer, each in their own name rather than for another."""
        return self._seats_at(self.deciding)

    @property
    def extension(self) -> WorkItem | None:
        """The request for more time that waits for an answer."""
        return next((item for item in self.items if item.duty == Duty.EXTENSION), None)

    @cached_property
    def extension_seat(self) -> Seat | None:
        return next(iter(self._seats_at([self.extension] if self.extension else [])), None)

    @cached_property
    def request(self) -> dict[str, Any]:
        """What was asked for: the audit entry that opened the request keeps it."""
        if self.extension is None:
            return {}
        return self.initiative.audit.get(seq=self.extension.opened_seq).facts

    def _seats_at(self, items: list[WorkItem]) -> list[Seat]:
        if self.person is None or not self.person.is_active:
            return []
        mine = [held for held in self.mine if held.permission == "decide"]
        mine.sort(key=lambda held: held.on_behalf_of_id or 0)
        found = []
        for item in items:
            named = Holding(self.person, "", item.unit_id, "decide", None)
            rights = [named, *mine] if not item.role else mine
            if right := next((held for held in rights if answers(held, item)), None):
                found.append(Seat(item, right))
        return found

    @cached_property
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
    def vote_items(self) -> list[WorkItem]:
        """The open items of a vote: each waits for one member."""
        step = voting_step(self.pending) if self.pending else None
        return [item for item in self.deciding if step and item.step == step["number"]]

    @property
    def may_still_vote(self) -> bool:
        """Has any of those who have not voted still the seat that they were asked by?"""
        return any(
            item.person_id in self.own_holders.get((item.unit_id, item.role), ())
            if item.role
            else item.person is not None and item.person.is_active
            for item in self.vote_items
        )

    @cached_property
    def tally(self) -> Tally | None:
        """The votes so far at the pending submission; one statement, where there is a vote."""
        if self.pending is None or voting_step(self.pending) is None:
            return None
        return of_decisions(self.pending, ballots(self.pending))

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

    @cached_property
    def just_decided(self) -> bool:
        """Is the last entry a decision of this person, a moment ago, that has moved no state?"""
        last = _last_decisions(
            hash=self.initiative.audit_head,
            actor=self.person.pk if self.person else 0,
            since=self.now - settings.UNDO_WINDOW,
        )
        return bool(last)

    @property
    def calendar(self) -> Calendar:
        return calendars.of_line(self.initiative.unit.line, self.calendar_stamp)

    @property
    def bounds(self) -> Bounds:
        return Bounds(*self._round_bounds, self.initiative.extended_before)

    @cached_property
    def _round_bounds(self) -> tuple[date | None, date | None]:
        """What the round says of registering, and the rounds of its year of reporting."""
        ((register_before, report_before),) = _round_bounds(pk=self.initiative.round_id)
        return register_before, report_before

    def shifts(self) -> list[tuple[WorkItem, datetime]]:
        """Open items whose due date is not what plan and calendar say now, and what they say."""
        found = [(item, allowances.due_of(item, self.bounds, self.calendar)) for item in self.items]
        return [(item, due_at) for item, due_at in found if due_at != item.due_at]

    @property
    def next_seq(self) -> int:
        """The number of the audit entry that this change will have."""
        return self.initiative.audit_seq + 1

    @cached_property
    def mine(self) -> list[Holding]:
        """What the actor holds."""
        me = self.person.pk if self.person else None
        return [held for held in self.held if held.user.pk == me]

    def take_key(self, model: type[Model]) -> int | None:
        """A key that was set aside for a new row; None when there is none, or no other one."""
        return self.keys.pop(model, None)

    def add(self, row: Model) -> None:
        """Let a new row be stored with the case; at once when it has no key to be named by yet."""
        if row.pk is None:
            store(Insert([row]))
        else:
            self.changes.append(Insert([row]))

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


def is_asked_in_person(seat: Seat) -> bool:
    """Asked for themselves, rather than standing in or being next up."""
    return seat.holding.on_behalf_of_id is None and is_asked(seat.holding, seat.item)


def kept_of(submission: Submission | None, person_id: int | None) -> set[int]:
    """The steps for which this person's earlier approval was kept."""
    if submission is None or person_id is None:
        return set()
    return {
        step["number"]
        for step in submission.route
        if any(person_id in (one["actor"], one["on_behalf_of"]) for one in step["kept"])
    }


@Prepared
def _last_decisions(hash: str, actor: int, since: datetime) -> QuerySet[Any]:
    last = AuditEntry.objects.filter(hash=hash, actor=actor, action__in=Verdict.values)
    return last.filter(state_from=F("state_to"), at__gt=since).values_list("seq")


@Prepared
def _round_bounds(pk: int) -> QuerySet[Any]:
    rounds = Round.objects.filter(pk=pk).order_by()
    reports = Round.objects.all().report_bound("movement", "year")
    return rounds.annotate(reports=reports).values_list("register_before", "reports")
