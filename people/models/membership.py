from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.unit import Unit
from people.models.user import User
from people.roles import Role


def lasting(today: date, reached_by: str = "") -> Q:
    """What has begun and not ended: both days are in it. `reached_by`: the way to the row, as in
    "membership__".
    """
    no_end, not_over = f"{reached_by}ends_on__isnull", f"{reached_by}ends_on__gte"
    return Q(**{f"{reached_by}starts_on__lte": today}) & (
        Q(**{no_end: True}) | Q(**{not_over: today})
    )


class InForce(models.QuerySet[Any]):
    """Of rows with a first and a last day (`starts_on`, `ends_on`), the latter perhaps open."""

    def in_force(self, today: date) -> "InForce":
        return self.filter(lasting(today))


class Membership(models.Model):
    """A person holds a role at a unit, from a day until and including another."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (inclusive)"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "unit", "role", "starts_on"), name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        from people.grants import grant

        with transaction.atomic():
            super().save(*args, **kwargs)
            grant([self])
