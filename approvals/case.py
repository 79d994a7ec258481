"""A case: what is known of one initiative, and what a move changes about it.

Rules read it (`approvals.reading`). A move collects its changes here, and `approvals.actions`
stores them together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from approvals.models import Decision
from approvals.reading import Reading
from people.models import User
from people.rows import Change, Insert, store
from workflow.models import WorkItem


@dataclass
class Case(Reading):
    """`keys`: set aside for rows to come. `event`: what happened, as `approvals.notices` names it.

    `before`: the initiative's columns as they were read, so that only what differs is stored.
    """

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
    def next_seq(self) -> int:
        """The number of the audit entry that this change will have."""
        return self.initiative.audit_seq + 1

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
