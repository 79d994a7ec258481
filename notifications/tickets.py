"""The signed words in a mail's link: who is asked, for which step, of which content.

A ticket opens a page and does nothing by itself: scanners fetch every link of a mail, and mails
are forwarded. Whoever opens it must be signed in as the person named.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from workflow.models import WorkItem

SALT = "decide-from-mail"
LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Ticket:
    person_id: int
    work_item_id: int
    content_hash: str
    expired: bool = False


def issue(person_id: int, work_item_id: int) -> str:
    """The ticket for a step, bound to the content it decides on."""
    item = WorkItem.objects.select_related("submission").only("submission__content_hash")
    submission = item.get(pk=work_item_id).submission
    content_hash = submission.content_hash if submission else ""
    return signing.dumps([person_id, work_item_id, content_hash], salt=SALT)


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
