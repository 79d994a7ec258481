"""Completion levels (mức độ hoàn thành), and the scores that they begin with."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.prepared import Prepared
from people.stamped import Stamped


class Grade(models.TextChoices):
    EXCELLENT = "excellent", _("Excellently completed")
    GOOD = "good", _("Well completed")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")


class GradeBand(models.Model):
    """The least score of a grade, from a day on: rules change, and old grades keep theirs."""

    grade = models.CharField(_("grade"), max_length=15, choices=Grade.choices)
    minimum = models.DecimalField(_("least score"), max_digits=5, decimal_places=2)
    in_force_from = models.DateField(_("in force from"))
    legal_basis = models.CharField(_("legal basis"), max_length=150)

    class Meta:
        verbose_name = _("grade band")
        verbose_name_plural = _("grade bands")
        ordering = ("-in_force_from", "-minimum")
        constraints = (
            models.UniqueConstraint(fields=("grade", "in_force_from"), name="grade_band_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_grade_display()} ≥ {self.minimum}"


def grade_of(points: Decimal, on: date, stamp: str = "") -> str:
    """The completion level of a score by the bands in force on a day. `stamp`: of the plan."""
    bands = _bands(stamp, on=on)
    newest = [(grade, minimum) for since, grade, minimum in bands if since == bands[0][0]]
    return next((grade for grade, minimum in newest if points >= minimum), Grade.NOT_COMPLETED)


@Stamped
@Prepared
def _bands(on: date) -> models.QuerySet[Any]:
    bands = GradeBand.objects.filter(in_force_from__lte=on)
    ordered = bands.order_by("-in_force_from", "-minimum")
    return ordered.values_list("in_force_from", "grade", "minimum")
