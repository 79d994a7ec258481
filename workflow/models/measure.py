from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.initiative import Initiative


class Measure(models.Model):
    """A measured result: an indicator before and after, and what proves it (minh chứng)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="measures")
    indicator = models.CharField(_("indicator"), max_length=150)
    unit = models.CharField(_("unit of measure"), max_length=30)
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.indicator
