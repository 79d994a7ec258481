"""The signed words of the link by which somebody stops one kind of mail without signing in.

Whoever holds the mail may stop mails like it, and nothing else: so the link never ages, as people
look for it in old mails.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from notifications.letters import LETTERS
from notifications.preferences import can_switch_off

SALT = "stop-mails"


@dataclass(frozen=True)
class Stop:
    person_id: int
    kind: str


def stop_address(person_id: int, kind: str) -> str:
    """Empty for a kind that cannot be stopped."""
    if not can_switch_off(kind):
        return ""
    return f"{settings.BASE_URL}/stop-mails/{issue(person_id, kind)}/"


def issue(person_id: int, kind: str) -> str:
    signed: str = signing.Signer(salt=SALT).sign_object([person_id, kind])
    return signed


def read(signed: str) -> Stop | None:
    """None when it was changed or cut off, or its kind cannot be stopped any more."""
    try:
        person, kind = signing.Signer(salt=SALT).unsign_object(signed)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(person, kind) if kind in LETTERS and can_switch_off(kind) else None
