import json
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from people.models import User
from workflow.canonical import canonical, digest
from workflow.models.initiative import Initiative


class AuditEntry(models.Model):
    """One link of an initiative's history. Rows are only ever added: triggers refuse the rest.

    `hash` covers every other column and the hash before it, so a changed, missing or inserted
    row breaks the chain. People are named by key: erasing a person's data breaks nothing.
    """

    hash = models.CharField(primary_key=True, max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="audit", db_index=False
    )
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    action = models.CharField(max_length=30)
    state_from = models.CharField(max_length=15)
    state_to = models.CharField(max_length=15)
    details = models.TextField()
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 (most have none)

    class Meta:
        ordering = ("initiative", "seq")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "seq"), name="audit_link_once"),
            models.UniqueConstraint(
                fields=("key",), condition=Q(key__isnull=False), name="audit_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.seq} {self.action}"

    @cached_property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.details)
        return facts

    @property
    def columns(self) -> dict[str, Any]:
        """Every column but the hash, as plain values: what the hash is taken of."""
        kept = self.__dict__
        columns = {name: kept[name] for name in _hashed()}
        return columns | {"at": f"{self.at.timestamp():.6f}"}

    def computed_hash(self) -> str:
        """SHA-256 over the canonical JSON of the columns."""
        return digest(canonical(self.columns))


@cache
def _hashed() -> list[str]:
    return [field.attname for field in AuditEntry._meta.concrete_fields if field.name != "hash"]
