from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.membership import InForce
from people.models.unit import Unit
from people.models.user import User
from people.roles import Role


class Delegation(models.Model):
    """TUQ., Nghị định 30/2020 Art. 13: in writing, limited in time, never passed on.

    The delegate gets the role's grants for the days named here and nothing else; the grants die
    with the row, and their dates end them without any task running at midnight.
    """

    delegator = models.ForeignKey(
        User, verbose_name=_("delegator"), on_delete=models.CASCADE, related_name="delegated"
    )
    delegate = models.ForeignKey(
        User, verbose_name=_("delegate"), on_delete=models.CASCADE, related_name="stands_in"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (inclusive)"))
    reason = models.CharField(_("reason"), max_length=300)
    revoked_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = (
            models.CheckConstraint(
                condition=~Q(delegator=F("delegate")),
                name="delegation_not_to_self",
                violation_error_message=_("Nobody can delegate to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate} · {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        from people.grants import grant, take_grants

        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.revoked_at:
                take_grants([self])
            else:
                grant([self])

    def clean(self) -> None:
        if not (self.delegator_id and self.unit_id and self.role and self.starts_on):
            return  # what is missing, the fields say
        held = self.delegator.memberships.in_force(self.starts_on)
        if not held.filter(unit=self.unit, role=self.role).exists():
            raise ValidationError(_("The delegator does not hold this role at this unit."))
