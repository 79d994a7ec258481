"""The headers that programs read: which mail it is, what it belongs to, how to stop it."""

from functools import cache

from django.conf import settings

from notifications.models import Message


def headers(message: Message, stop: str) -> dict[str, str]:
    """`stop`: the address that stops mails of this kind; empty when nothing does."""
    domain = _domain(settings.DEFAULT_FROM_EMAIL)
    named = {
        "Message-ID": f"<{message.message_id}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    if message.initiative_id:
        named |= _thread(f"<initiative.{message.initiative_id}@{domain}>")
    return named | _unsubscribe(stop) if stop else named


def _thread(root: str) -> dict[str, str]:
    """All mails of an initiative answer one message that was never sent: each reader gets other
    mails, in another order, and programs thread by the common reference (RFC 5322, 3.6.4).
    """
    return {"In-Reply-To": root, "References": root}


def _unsubscribe(address: str) -> dict[str, str]:
    """RFC 8058 allows the one click over HTTPS alone; the link itself helps anywhere."""
    link = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        link["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return link


@cache
def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].rstrip(">")
