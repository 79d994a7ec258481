"""From a row of the outbox to a mail in the recipient's language."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from notifications.headers import headers
from notifications.kinds import kind_name
from notifications.letters import LETTERS, Letter
from notifications.mime import Mail
from notifications.models import Message
from notifications.shells import fill
from notifications.tickets import issue
from notifications.unsubscribing import stop_address
from people.roles import Role
from workflow.deadlines import last_day
from workflow.models import Duty, Gate

UNREADABLE = (KeyError, TypeError, ValueError)
"""What facts that do not fit their letter raise: a page must show such a row all the same."""


def subject(message: Message) -> str:
    """In the active language; of a row that cannot be composed, at least what kind it is."""
    try:
        return _subject(message, _facts(message))
    except UNREADABLE:
        return kind_name(message.kind)


def words(message: Message) -> dict[str, Any]:
    """The message in the active language: subject, title, body, button, address."""
    letter, facts = LETTERS[message.kind], _facts(message)
    return {
        "subject": _subject(message, facts),
        "title": facts.get("title", ""),
        "body": str(letter.body) % facts,
        "rows": facts.get("rows", []),
        "seal": facts.get("seal", ""),
        "button": str(letter.button),
        "address": settings.BASE_URL + _path(letter, message, facts),
        "recipient": message.recipient.full_name,
        "language": message.recipient.language,
    }


def shown(message: Message) -> dict[str, Any]:
    """For the administrator: the words, or the subject alone when they cannot be composed."""
    try:
        return words(message)
    except UNREADABLE:
        return {"subject": subject(message)}


def page(message: Message) -> str:
    """Where the message leads somebody who is signed in already."""
    return LETTERS[message.kind].path % {"pk": message.initiative_id}


def _subject(message: Message, facts: dict[str, Any]) -> str:
    return " ".join((str(LETTERS[message.kind].subject) % facts).split())


def _facts(message: Message) -> dict[str, Any]:
    """What the texts can name, as people read it."""
    facts = {**message.facts, "pk": message.initiative_id}
    if message.initiative:
        facts |= {"code": message.initiative.code, "title": message.initiative.title}
    if facts.get("due_at"):
        facts["due"] = f"{last_day(datetime.fromisoformat(facts['due_at'])):%d/%m/%Y}"
    for name in ("first", "last"):
        if facts.get(name):
            facts[name] = f"{date.fromisoformat(facts[name]):%d/%m/%Y}"
    for name, choices in (("duty", Duty), ("gate", Gate), ("role", Role)):
        if facts.get(name):
            facts[name] = choices(facts[name]).label
    return facts


def _path(letter: Letter, message: Message, facts: dict[str, Any]) -> str:
    if letter.to_decide and "work_item" in facts:
        ticket = issue(message.recipient_id, facts["work_item"], facts.get("content_hash"))
        return f"/from-mail/{ticket}/"
    return letter.path % facts


def compose(message: Message) -> Mail:
    with translation.override(message.recipient.language):
        content = words(message)
        stop = stop_address(message.recipient_id, message.kind)
        content["stop"] = stop
        return Mail(
            content["subject"],
            fill("notifications/mail.txt", content),
            fill("notifications/mail.html", content),
            to=message.recipient.email,
            headers=headers(message, stop),
        )
