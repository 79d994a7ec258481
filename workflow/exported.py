"""Check an exported record by itself: whoever holds the file needs no database and no trust."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from workflow.canonical import canonical, digest
from workflow.recount import evaluation_faults

VERDICTS = ("approve", "return", "reject")


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
    yield from _decisions(record)
    yield from evaluation_faults(record)
    yield from _comments(record["comments"], record["audit"])
    yield from _files(record["evidence"], record["audit"])


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


def _decisions(record: dict[str, Any]) -> Iterator[str]:
    """Each verdict of the chain in its very words, and no other; ballots are counted elsewhere."""
    facts = (json.loads(entry["details"]) for entry in record["audit"])
    told = (
        decision | {"hash": decision["seen_hash"]}
        for submission in record["submissions"]
        for decision in submission["decisions"]
    )
    if _verdicts(facts) != _verdicts(told):
        yield "decisions: they are not those of the chain"


def _verdicts(facts: Iterable[dict[str, Any]]) -> Counter[str]:
    return Counter(
        canonical([fact["verdict"], fact["comment"], fact.get("notes", {}), fact["hash"]])
        for fact in facts
        if fact.get("verdict") in VERDICTS
    )


def _comments(comments: list[dict[str, Any]], entries: list[dict[str, Any]]) -> Iterator[str]:
    """Each comment of the chain with its very text and files, and no other."""
    facts = [json.loads(entry["details"]) for entry in entries if entry["action"] == "comment"]
    said = {fact["comment_id"]: fact for fact in facts}
    for comment in comments:
        fact = said.pop(comment["id"], None)
        name = f"comment {comment['id']}"
        if fact is None:
            yield f"{name}: the chain does not name it"
        elif digest(comment["text"]) != fact["text"]:
            yield f"{name}: its text does not match the hash in the chain"
        elif _hashes(comment["files"]) != _hashes(fact.get("files", [])):
            yield f"{name}: its files are not those of the chain"
    for number in said:
        yield f"comment {number}: it is missing"


def _files(files: list[dict[str, Any]], entries: list[dict[str, Any]]) -> Iterator[str]:
    """What was attached and is kept, by the chain; what was never submitted may be deleted."""
    kept: list[tuple[str, str]] = []
    for entry in entries:
        fact = json.loads(entry["details"])
        if entry["action"] == "attach":
            kept += _hashes(fact["files"])
        elif entry["action"] == "detach" and not fact["kept"]:
            kept = [file for file in kept if file != (fact["sha256"], fact["name"])]
    if sorted(kept) != _hashes(files):
        yield "evidence: the files are not those of the chain"


def _hashes(files: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((file["sha256"], file["name"]) for file in files)
