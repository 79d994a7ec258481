from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from people.models.membership import Membership, lasting


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, today: date) -> "GrantQuerySet":
        """Grants whose reason holds today, of people who are active.

        A delegation lasts only while the delegator still holds what was delegated.
        """
        return self.filter(
            lasting(today, "membership__") | (lasting(today, "delegation__") & _held(today)),
            user__is_active=True,
        )


def _held(today: date) -> Q:
    held = Membership.objects.in_force(today).filter(
        user=models.OuterRef("delegation__delegator"),
        user__is_active=True,
        unit=models.OuterRef("delegation__unit"),
        role=models.OuterRef("delegation__role"),
    )
    return Q(models.Exists(held))


class Grant(UserObjectPermissionBase):
    """A django-guardian permission on a unit, tied to the reason it exists.

    Direct foreign keys, so that a deleted unit takes its grants along and a new one with the
    same key inherits nothing. Rows are written by `people.grants` alone.
    """

    content_object = models.ForeignKey("people.Unit", on_delete=models.CASCADE)
    membership = models.ForeignKey("people.Membership", null=True, on_delete=models.CASCADE)
    delegation = models.ForeignKey("people.Delegation", null=True, on_delete=models.CASCADE)

    objects: ClassVar[Any] = GrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        unique_together = ()
        constraints = (
            models.UniqueConstraint(
                fields=("permission", "membership"), name="grant_once_per_membership"
            ),
            models.UniqueConstraint(
                fields=("permission", "delegation"), name="grant_once_per_delegation"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=True) ^ Q(delegation__isnull=True),
                name="grant_has_one_reason",
            ),
        )
        indexes = (models.Index(fields=("user", "content_object")),)
