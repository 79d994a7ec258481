"""The audit chain: append a link, and find the first one that does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from people.instances import new
from people.models import User
from workflow.canonical import canonical
from workflow.models import AuditEntry, Initiative


def append(
    initiative: Initiative,
    action: str,
    state_from: str,
    actor: User | None,
    on_behalf_of_id: int | None,
    now: datetime,
    facts: dict[str, Any],
    key: str | None,
) -> AuditEntry:
    """Link one more entry to the chain of a locked initiative, whose head moves in memory.

    The caller saves both rows in one transaction.
    """
    entry = new(
        AuditEntry,
        previous=initiative.audit_head,
        initiative_id=initiative.pk,
        seq=initiative.audit_seq + 1,
        at=now,
        actor_id=actor.pk if actor else None,
        on_behalf_of_id=on_behalf_of_id,
        action=action,
        state_from=state_from,
        state_to=initiative.state,
        details=canonical(facts),
        key=key,
    )
    entry.hash = entry.computed_hash()
    initiative.audit_seq, initiative.audit_head = entry.seq, entry.hash
    return entry


KEPT = ("code", "state", "audit_seq", "audit_head")


@dataclass(frozen=True)
class BrokenLink:
    initiative: Initiative
    seq: int
    reason: str


def broken_links() -> Iterator[BrokenLink]:
    """The first broken link of each chain, by initiative."""
    heads = Initiative.dossiers.order_by("pk").only(*KEPT).iterator()
    entries = AuditEntry.objects.order_by("initiative_id", "seq").iterator()
    chains = groupby(entries, key=lambda entry: entry.initiative_id)
    chain_of, chain = next(chains, (None, iter(())))
    for initiative in heads:
        if chain_of == initiative.pk:
            broken = _first_broken(initiative, chain)
            chain_of, chain = next(chains, (None, iter(())))
        else:
            broken = _first_broken(initiative, iter(()))
        if broken:
            yield broken


def _first_broken(initiative: Initiative, chain: Iterator[AuditEntry]) -> BrokenLink | None:
    seq, head, state = 0, "", initiative.state
    for entry in chain:
        seq += 1
        if entry.seq != seq:
            return BrokenLink(initiative, seq, "the entry is missing")
        if entry.previous != head:
            return BrokenLink(initiative, seq, "it does not follow the entry before it")
        if entry.computed_hash() != entry.hash:
            return BrokenLink(initiative, seq, "its content does not match its hash")
        head, state = entry.hash, entry.state_to
    if (seq, head) != (initiative.audit_seq, initiative.audit_head):
        return BrokenLink(initiative, seq + 1, "the chain ends before the head kept on the dossier")
    if state != initiative.state:
        return BrokenLink(
            initiative, seq, f"the dossier says {initiative.state}, the entry {state}"
        )
    return None
