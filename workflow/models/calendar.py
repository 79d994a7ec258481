from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Stamp, Unit, User


class DayKind(models.TextChoices):
    OFF = "off", _("day off")
    WORKING = "working", _("working day")


class CalendarDay(models.Model):
    """A day on which a unit differs from the statutory calendar: closed, or worked all the same.

    It holds for the unit and all below it, until one nearer to a department says otherwise.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="calendar_days"
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind.choices)
    reason = models.CharField(_("reason"), max_length=200)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ("day", "unit")
        constraints = (
            models.UniqueConstraint(fields=("unit", "day"), name="calendar_day_once_per_unit"),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.get_kind_display()}"


class CalendarStamp(Stamp):
    """Of the calendar days of all units."""
