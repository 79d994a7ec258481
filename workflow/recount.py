"""Count the votes of an exported record again, from the record alone: decisions and chain."""

import json
from collections.abc import Iterator
from typing import Any

from workflow.canonical import canonical, digest
from workflow.voting import tally

RULE = ("members", "excluded", "threshold", "base", "attendance")
SUBMITS = ("submit", "submit_report", "open_evaluation")


def evaluation_faults(record: dict[str, Any]) -> Iterator[str]:
    """Score sheets that are not those of the chain, and tallies that do not follow from the votes.

    Records of an earlier format hold neither, and their chain names none.
    """
    parts = _by_submission(record["audit"])
    for submission, entries in zip(record["submissions"], parts, strict=False):
        name = f"submission {submission['number']}"
        sheet, said = submission.get("sheet"), entries[0][1].get("sheet")
        if said and (not sheet or digest(canonical(sheet)) != said):
            yield f"{name}: the score sheet does not match its hash"
        yield from _vote(name, submission, entries)


Entry = tuple[str, dict[str, Any]]


def _by_submission(audit: list[dict[str, Any]]) -> list[list[Entry]]:
    """The entries of each submission, from the one that opened it."""
    parts: list[list[Entry]] = []
    for entry in audit:
        if entry["action"] in SUBMITS:
            parts.append([])
        if parts:
            parts[-1].append((entry["action"], json.loads(entry["details"])))
    return parts


def _vote(name: str, submission: dict[str, Any], entries: list[Entry]) -> Iterator[str]:
    step = next((step for step in submission["route"] if "vote" in step), None)
    if step is None:
        return
    decisions, found = submission["decisions"], submission.get("vote")
    counted = tally(step, [one["verdict"] for one in decisions if not one["undone"]]).facts()
    if counted != found:
        yield f"{name}: the tally is not what its votes come to"
    spoken = [facts["verdict"] for action, facts in entries if action == facts.get("verdict")]
    taken_back = sum(action == "undo" for action, _facts in entries)
    if spoken != [one["verdict"] for one in decisions] or taken_back != sum(
        bool(one["undone"]) for one in decisions
    ):
        yield f"{name}: its votes are not those of the chain"
    closed = any(action == "close_vote" for action, _facts in entries)
    if closed != step["vote"]["closed"] or not _agrees(counted, entries):
        yield f"{name}: the vote is not the one that the chain states"


def _agrees(counted: dict[str, Any], entries: list[Entry]) -> bool:
    """By one rule to the end, and as it stood last unless a vote was taken back since."""
    stated = [(action, facts.get("tally")) for action, facts in entries]
    every = [one for _action, one in stated if one]
    last = next((one for action, one in reversed(stated) if one or action == "undo"), None)
    rules = [{name: one[name] for name in RULE} for one in [counted, *every]]
    return all(rule == rules[0] for rule in rules) and last in (None, counted)
