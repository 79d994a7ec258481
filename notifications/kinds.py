from collections import defaultdict

from notifications.letters import LETTERS


def kind_name(kind: str) -> str:
    """A kind of message as its subject names it, without what a single one is about."""
    if kind not in LETTERS:
        return kind
    named = str(LETTERS[kind].subject) % defaultdict(lambda: "…")
    return named.removesuffix(": …")
