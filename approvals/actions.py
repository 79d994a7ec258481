"""The one door: every change of an initiative goes through it, from page, sweep and command alike.

    lock the row → policy → state machine or route step → save → audit → notices → outbox

all in one transaction; the delivery is nudged after the commit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import policy
from approvals.case import Case
from approvals.gather import open_case
from approvals.moves import MOVES
from approvals.moves.items import MOVED
from approvals.notices import messages
from approvals.policy import Action
from approvals.reading import Actor
from approvals.refusal import Refusal, Refused
from notifications.outbox import enqueue
from people.rows import Change, Insert, Update, changed, store
from workflow import audit
from workflow.canonical import canonical, digest
from workflow.models import DateChange, Initiative, WorkItem

CLOSED = ("closed_at", "closed_by", "closed_seq")
AS_IT_WAS = (Action.RESCHEDULE, Action.UNDO)
"""What is taken back must be the last that was done: the dates follow afterwards."""


@dataclass(frozen=True)
class Outcome:
    """What came of an action. `changed` is False when there was nothing to change."""

    initiative: Initiative
    changed: bool


def perform(
    action: Action,
    initiative_id: int,
    actor: Actor,
    now: datetime,
    payload: dict[str, Any] | None = None,
) -> Outcome:
    """Do one thing to one initiative, or raise `Refused` and leave everything as it was.

    `payload` holds the action's values, and two that guard it: `key` makes a form posted twice
    take effect once, `work_item` names the step the person saw.
    """
    payload = dict(payload or {})
    key, seen = payload.pop("key", None), payload.pop("work_item", None)
    body = digest(canonical([action, initiative_id, actor and actor.pk, payload])) if key else ""
    with transaction.atomic():
        case = _gathered(action, initiative_id, actor, now, key)
        if case.replayed is not None:
            return _repeated(case, body)
        case.seen = seen
        _require_still_open(case)
        policy.require(action, case)
        state_from = case.initiative.state
        facts = MOVES[action](case, payload)
        if facts is None:
            return Outcome(case.initiative, changed=False)
        if key:
            facts["body"] = body
        record(case, action, state_from, facts, key)
    return Outcome(case.initiative, changed=True)


def follow(change: DateChange, initiative_id: int, now: datetime) -> Outcome:
    """Let the open items of a dossier have the dates that a change gives them, in the name of who
    made it; in nobody's when their right or account has ended since.
    """
    payload = {"comment": change.comment}
    try:
        return perform(Action.RESCHEDULE, initiative_id, change.made_by, now, payload)
    except Refused:
        return perform(Action.RESCHEDULE, initiative_id, None, now, payload)


def _gathered(
    action: Action, initiative_id: int, actor: Actor, now: datetime, key: str | None
) -> Case:
    """Under its lock. Nothing is done, and judged to be late, by a date that is about to move: a
    dossier follows first.
    """
    case = open_case(initiative_id, actor, now, lock=True, key=key)
    if not case.follows or action in AS_IT_WAS or case.replayed is not None:
        return case
    change = DateChange.objects.select_related("made_by").get(pk=max(case.follows))
    follow(change, initiative_id, now)
    return open_case(initiative_id, actor, now, lock=True, key=key)


def record(
    case: Case, action: str, state_from: str, facts: dict[str, Any], key: str | None
) -> None:
    """Save the case, link its audit entry and write its messages, in the caller's transaction."""
    for item in case.closed:
        item.closed_seq = case.next_seq
    decided = [case.decision] if case.decision else []
    closed = [Update(item, CLOSED) for item in case.closed]
    moved = [Update(item, MOVED) for item in case.moved]
    keyed = [item for item in case.opened if item.pk is not None]
    others = [item for item in case.opened if item.pk is None]
    changes = [*case.changes, Insert(decided), *closed, *moved, Insert(keyed)]
    if others:  # messages name them by their keys
        store(*changes, Insert(others))
        changes = []
    entry = audit.append(
        case.initiative, action, state_from, case.person, case.on_behalf_of_id, case.now, facts, key
    )
    case.initiative.updated_at = case.now
    enqueue(messages(case, entry), _dossier(case), *changes, Insert([entry]))


def _dossier(case: Case) -> Change:
    if case.initiative._state.adding:
        return Insert([case.initiative])
    return Update(case.initiative, changed(case.initiative, case.before))


def _repeated(case: Case, body: str) -> Outcome:
    """The same form again: its effect is already there. Another one under its key is a mistake."""
    if case.replayed and case.replayed.get("body") == body:
        return Outcome(case.initiative, changed=False)
    raise Refused(
        Refusal(_("This form was already used for something else. Open the page again."), True)
    )


def _require_still_open(case: Case) -> None:
    """Somebody else was faster: say who and when, instead of deciding another step."""
    if case.seen is None or any(item.pk == case.seen for item in case.items):
        return
    gone = WorkItem.objects.select_related("closed_by").filter(
        pk=case.seen, initiative=case.initiative, closed_by__isnull=False
    )
    item = gone.first()
    reason = _("This step is no longer open.")
    if item and item.closed_by:
        reason = _("%(who)s has already dealt with this step.") % {"who": item.closed_by}
    raise Refused(Refusal(reason, conflict=True))
