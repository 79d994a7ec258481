"""More time (gia hạn): asked by the person in charge, answered by whom the movement names."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves import items
from approvals.policy import Action
from approvals.reasons import comment_of, reason
from approvals.refusal import Refusal, Refused
from people.holdings import Post
from people.roles import Role
from workflow.calendar import DAY
from workflow.deadlines import before, last_day, local_day
from workflow.models import OF_AUTHORS, Duty
from workflow.routing import next_up

LONGEST = timedelta(days=366)


def ask(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload`: `until`, the last day wished for (ISO 8601), and `comment`, why."""
    comment = reason(Action.ASK_EXTENSION, case, payload)
    until = _last_day(case, payload.get("until"))
    items.ask_extension(case, _answers(case))
    return {"until": until.isoformat(), "comment": comment}


def _answers(case: Case) -> Post:
    """The head or the principal as the movement says; one role up where only authors are."""
    line = case.initiative.unit.line
    head: Post = (line[0], Role.HEAD)
    by_head = case.initiative.movement.extended_by == Role.HEAD
    post = head if by_head else next_up(line, head)
    while post and not set(case.own_holders.get(post, ())) - case.author_ids:
        post = next_up(line, post)
    if post is None:
        raise Refused(
            Refusal(_("Nobody could answer: ask the administrator to name a head or a principal."))
        )
    return post


def grant(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """Everything the authors owe follows, now and when the dossier comes back to them.

    `payload`: `until`, the day that was wished when none is named, and `comment` if any.
    """
    until = _last_day(case, payload.get("until") or case.request["until"])
    case.initiative.extended_before = until + DAY
    facts = {"until": until.isoformat(), "moved": items.follow(case)}
    return _answered(case, "extension_granted", payload) | facts


def refuse(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    reason(Action.REFUSE_EXTENSION, case, payload)
    return _answered(case, "extension_refused", payload)


def _answered(case: Case, event: str, payload: dict[str, Any]) -> dict[str, Any]:
    assert case.extension_seat
    case.on_behalf_of_id = case.extension_seat.holding.on_behalf_of_id
    case.close_items(Duty.EXTENSION)
    case.event = event
    return {"comment": comment_of(payload)}


def _last_day(case: Case, text: Any) -> date:
    try:
        day = date.fromisoformat(text or "")
    except (TypeError, ValueError):
        raise Refused(Refusal(_("Name the day until which more time is wanted."))) from None
    check_day(case, day)
    return day


def check_day(case: Case, day: date) -> None:
    """Does it leave the authors more time than they have, and not more than a year of it?"""
    owed = [item.due_at for item in case.items if item.duty in OF_AUTHORS]
    now_due = max([*owed, before(local_day(case.now))])
    if day > last_day(now_due) + LONGEST:
        raise Refused(Refusal(_("More than a year cannot be granted at once.")))
    if day <= last_day(now_due):
        raise Refused(
            Refusal(
                _("Choose a day after %(day)s, which the author has anyway.")
                % {"day": f"{last_day(now_due):%d/%m/%Y}"}
            )
        )
