"""The signed words in a mail's link: who is asked, for which step, of which content.

A ticket opens a page and does nothing by itself: scanners fetch every link of a mail, and mails
are forwarded. Whoever opens it must be signed in as the person named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from notifications.models import Message
from workflow.models import WorkItem

SALT = "decide-from-mail"
LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Ticket:
    person_id: int
    work_item_id: int
    content_hash: str
    expired: bool = False


def issue(person_id: int, work_item_id: int, content_hash: str | None = None) -> str:
    """The ticket for a step, bound to the content it decides on: looked up unless it is given."""
    if content_hash is None:
        content_hash = _content_hashes([work_item_id])[work_item_id]
    return signing.dumps([person_id, work_item_id, content_hash], salt=SALT)


def prepare(messages: Iterable[Message]) -> None:
    """Look up once for all of them what their tickets will be bound to: nothing when the step is
    gone. The page says so to whoever comes."""
    asking = [message for message in messages if "work_item" in message.facts]
    hashes = _content_hashes([message.facts["work_item"] for message in asking])
    for message in asking:
        message.facts["content_hash"] = hashes.get(message.facts["work_item"], "")


def _content_hashes(work_items: list[int]) -> dict[int, str]:
    rows = WorkItem.objects.filter(pk__in=work_items) if work_items else WorkItem.objects.none()
    return {pk: found or "" for pk, found in rows.values_list("pk", "submission__content_hash")}


def read(ticket: str) -> Ticket | None:
    """None when it was changed or cut off on its way. An old one can be read, and is marked."""
    try:
        person, item, content_hash = signing.loads(ticket, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        person, item, content_hash = signing.loads(ticket, salt=SALT)
        return Ticket(person, item, content_hash, expired=True)
    except signing.BadSignature:
        return None
    return Ticket(person, item, content_hash)
