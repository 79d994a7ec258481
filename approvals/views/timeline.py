"""The audit as a story: what happened, by whom; saving a draft ten times is one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.policy import Action
from workflow.models import AuditEntry, Duty

HAPPENED: dict[str, str | Promise] = {
    "create": _("started the draft"),
    Action.EDIT: _("edited the draft"),
    Action.SUBMIT: _("submitted the registration"),
    Action.RECALL: _("recalled the dossier"),
    Action.APPROVE: _("agreed"),
    Action.RETURN: _("returned the dossier"),
    Action.REJECT: _("rejected the dossier"),
    Action.FOR: _("voted for"),
    Action.AGAINST: _("voted against"),
    Action.CLOSE_VOTE: _("closed the vote"),
    Action.REASSIGN: _("passed the step on"),
    Action.UNDO: _("took the decision back"),
    Action.START: _("started the implementation"),
    Action.EDIT_REPORT: _("edited the report"),
    Action.SUBMIT_REPORT: _("submitted the report"),
    Action.OPEN_EVALUATION: _("opened the evaluation"),
    Action.WITHDRAW: _("withdrew the initiative"),
    Action.REOPEN: _("reopened the evaluation"),
    Action.COMMENT: _("commented"),
    Action.ATTACH: _("attached evidence"),
    Action.DETACH: _("removed evidence"),
    Action.ASK_EXTENSION: _("asked for more time"),
    Action.GRANT_EXTENSION: _("granted more time"),
    Action.REFUSE_EXTENSION: _("refused more time"),
    Action.RESCHEDULE: _("moved due dates by a change of the plan or the calendar"),
    Action.CHASE: _("sent a reminder"),
    Action.GATHER: _("gathered the solutions again"),
    Action.WRITE_YEARLY: _("edited the general sections"),
    Action.SUBMIT_YEARLY: _("submitted the school's report"),
    Action.REOPEN_YEARLY: _("reopened the school's report"),
}
WRITING = (Action.EDIT, Action.EDIT_REPORT, Action.WRITE_YEARLY)


@dataclass(frozen=True)
class Event:
    """An entry of the audit as people read it; `times` counts the savings it stands for."""

    entry: AuditEntry
    words: str | Promise
    facts: dict[str, Any]
    times: int

    @property
    def until(self) -> date | None:
        """The last day that was asked for or granted."""
        return _day(self.facts["until"]) if "until" in self.facts else None

    @property
    def dates(self) -> list[tuple[str | Promise, date, date]]:
        """What was moved: the duty, its last day before, and its last day since."""
        return [
            (Duty(move["duty"]).label, _day(move["from"]), _day(move["until"]))
            for move in self.facts.get("moved", ())
        ]

    @property
    def moved(self) -> bool:
        return self.entry.state_from != self.entry.state_to and self.entry.action != "create"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def events(entries: Iterable[AuditEntry]) -> list[Event]:
    """One by one, in the order given."""
    return [Event(entry, HAPPENED[entry.action], entry.facts, 1) for entry in entries]


def timeline(entries: Iterable[AuditEntry]) -> list[Event]:
    """Newest first, as given; savings that follow each other count as the last of them."""
    groups = (list(group) for _key, group in groupby(entries, key=_together))
    return [
        Event(group[0], HAPPENED[group[0].action], group[0].facts, len(group)) for group in groups
    ]


def _together(entry: AuditEntry) -> tuple[object, ...]:
    if entry.action in WRITING:
        return entry.action, entry.actor_id
    return (entry.seq,)
