"""Check an exported record by itself: whoever holds the file needs no database and no trust."""

from collections.abc import Iterator
from typing import Any

from workflow.canonical import canonical, digest


def faults(record: dict[str, Any]) -> Iterator[str]:
    """What does not fit: contents and their hashes, decisions and what they saw, the chain."""
    for submission in record["submissions"]:
        name = f"submission {submission['number']}"
        if digest(submission["content"]) != submission["hash"]:
            yield f"{name}: the content does not match its hash"
        for decision in submission["decisions"]:
            if decision["seen_hash"] != submission["hash"]:
                yield f"{name}: {decision['actor']} decided on another content"
    yield from _chain(record["audit"], record["audit_head"])
    yield from _unlinked(record)


def _chain(entries: list[dict[str, Any]], head: str) -> Iterator[str]:
    previous = ""
    for seq, entry in enumerate(entries, start=1):
        columns = {name: value for name, value in entry.items() if name != "hash"}
        if (entry["seq"], entry["previous"]) != (seq, previous):
            yield f"entry {seq}: it does not follow the entry before it"
            return
        if digest(canonical(columns)) != entry["hash"]:
            yield f"entry {seq}: its content does not match its hash"
            return
        previous = entry["hash"]
    if previous != head:
        yield f"entry {len(entries) + 1}: the chain ends before its head"


def _unlinked(record: dict[str, Any]) -> Iterator[str]:
    """Each content must be named in the chain, or it could have been exchanged with its hash."""
    said = "".join(entry["details"] for entry in record["audit"])
    for submission in record["submissions"]:
        if submission["hash"] not in said:
            yield f"submission {submission['number']}: the chain does not name its content"
