from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.membership import InForce
from people.models.user import User


class Absence(models.Model):
    """Days on which somebody decides nothing. Without a delegate their deputy stands in, else the
    next role up; a day that is over ends it by itself.
    """

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="absences"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (inclusive)"))
    reason = models.CharField(_("reason"), max_length=300)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.starts_on:%d/%m/%Y}–{self.ends_on:%d/%m/%Y}"
