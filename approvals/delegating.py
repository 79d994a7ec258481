"""Lending a role and taking it back: the row, its grants and the letter in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction

from notifications.outbox import enqueue, message
from people.models import Delegation


def delegate(delegation: Delegation, now: datetime) -> None:
    with transaction.atomic():
        delegation.save()
        _tell(delegation, "delegated", now)


def take_back(delegation: Delegation, now: datetime) -> bool:
    """At once; what was decided meanwhile stands. False when it was taken back before."""
    with transaction.atomic():
        row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if row.revoked_at:
            return False
        row.revoked_at = now
        row.save()
        _tell(row, "delegation_ended", now)
    return True


def _tell(delegation: Delegation, kind: str, now: datetime) -> None:
    facts: dict[str, Any] = {
        "actor": delegation.delegator.full_name,
        "role": delegation.role,
        "unit": delegation.unit.name,
        "first": delegation.starts_on.isoformat(),
        "last": delegation.ends_on.isoformat(),
    }
    key = f"delegation/{delegation.pk}/{kind}"
    enqueue([message(key, kind, delegation.delegate, now, **facts)])
