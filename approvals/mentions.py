"""Naming somebody in a text: @ and the whole name, among those who may see the initiative."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from people.models import User

MOST = 8


def suggested(people: QuerySet[User], words: str) -> list[dict[str, Any]]:
    """A few of these people whose name holds the words; each with the key that the list has."""
    words = words.replace("\0", "").strip()  # the one letter that PostgreSQL cannot compare
    found = people.filter(full_name__icontains=words).order_by("full_name", "pk")[:MOST]
    return [{"id": user.pk, "name": user.full_name} for user in found]


def typed(text: str, people: Iterable[User]) -> set[int]:
    """Who is named with an @. Of two names the longer one counts where it stands; a name that
    several people bear names nobody, because the list can say who is meant.
    """
    by_name: dict[str, list[int]] = {}
    for user in people if "@" in text else ():
        by_name.setdefault(f"@{user.full_name}", []).append(user.pk)
    named: set[int] = set()
    for name in sorted(by_name, key=len, reverse=True):
        if name in text:
            text = text.replace(name, "")
            named |= set(by_name[name] if len(by_name[name]) == 1 else ())
    return named
