"""What a rule or a move can learn about one initiative, for one person at one moment.

A statement has gathered most of it (`approvals.gather`); the rest is asked when it is needed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.functional import cached_property

from approvals.changes import labels
from approvals.seats import Seat, seats
from approvals.tally import voting_step
from people.holdings import Holders, Holding, by_post
from people.models import User
from people.prepared import Prepared
from people.stamped import Stamped
from workflow import allowances, calendars
from workflow.allowances import Bounds
from workflow.calendar import Calendar
from workflow.models import OF_AUTHORS, Duty, Initiative, Round, Submission, WorkItem

Actor = User | AnonymousUser | None
"""Who acts: a person, nobody signed in, or None for the system itself (the sweep)."""


@dataclass
class Reading:
    """`held`: who holds what along the unit's line. `items`: the open work items.

    `seen`: the key of the work item that the person had on their screen. `decided_steps`: those of
    the pending submission that they have decided. `replayed`: what the audit keeps of an earlier
    change under the same key, if there was one. `follows`: the changes of dates that the dossier
    has still to follow, with the keys of the rows that say so.
    """

    initiative: Initiative
    actor: Actor
    now: datetime
    held: list[Holding]
    items: list[WorkItem]
    seen: int | None = None
    author_ids: set[int] = field(default_factory=set)
    decided_steps: set[int] = field(default_factory=set)
    calendar_stamp: str = ""
    plan_stamp: str = ""
    follows: dict[int, int] = field(default_factory=dict)
    replayed: dict[str, Any] | None = None

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
    def labels(self) -> dict[str, str]:
        """What people call the parts of the dossier."""
        return labels(self.initiative)

    @cached_property
    def holders(self) -> Holders:
        return by_post(self.held)

    @cached_property
    def own_holders(self) -> Holders:
        return by_post(self.held, own=True)

    @property
    def is_author(self) -> bool:
        return self.person is not None and self.person.pk in self.author_ids

    @cached_property
    def mine(self) -> list[Holding]:
        """What the actor holds."""
        me = self.person.pk if self.person else None
        return [held for held in self.held if held.user.pk == me]

    def holds(self, permission: str) -> bool:
        return any(held.permission == permission for held in self.mine)

    @cached_property
    def seats(self) -> list[Seat]:
        """The open steps this actor may answer, each in their own name rather than for another."""
        return seats(self.person, self.mine, self.deciding)

    @property
    def extension(self) -> WorkItem | None:
        """The request for more time that waits for an answer."""
        return next((item for item in self.items if item.duty == Duty.EXTENSION), None)

    @cached_property
    def extension_seat(self) -> Seat | None:
        asked = [self.extension] if self.extension else []
        return next(iter(seats(self.person, self.mine, asked)), None)

    @cached_property
    def request(self) -> dict[str, Any]:
        """What was asked for: the audit entry that opened the request keeps it."""
        if self.extension is None:
            return {}
        return self.initiative.audit.get(seq=self.extension.opened_seq).facts

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
    def calendar(self) -> Calendar:
        return calendars.of_line(self.initiative.unit.line, self.calendar_stamp)

    @property
    def bounds(self) -> Bounds:
        return Bounds(*self._round_bounds, self.initiative.extended_before)

    @cached_property
    def _round_bounds(self) -> tuple[date | None, date | None]:
        """What the round says of registering, and the rounds of its year of reporting."""
        ((register_before, report_before),) = _bounds(self.plan_stamp, pk=self.initiative.round_id)
        return register_before, report_before

    def shifts(self) -> list[tuple[WorkItem, datetime]]:
        """Open items whose due date is not what plan and calendar say now, and what they say."""
        found = [(item, allowances.due_of(item, self.bounds, self.calendar)) for item in self.items]
        return [(item, due_at) for item, due_at in found if due_at != item.due_at]


@Stamped
@Prepared
def _bounds(pk: int) -> QuerySet[Any]:
    rounds = Round.objects.filter(pk=pk).order_by()
    reports = Round.objects.all().report_bound("movement", "year")
    return rounds.annotate(reports=reports).values_list("register_before", "reports")
