from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.initiative import Initiative
from workflow.models.movement import Movement

GENERAL = ("situation", "current_state", "strengths", "limitations", "lessons")
"""Sections I, II and V.1 to V.3 of the form: written once for the whole school. III and IV are
gathered from the initiatives.
"""


class SchoolReport(models.Model):
    """What the school's report of a year has besides a dossier (an `Initiative` of the kind
    `SCHOOL_REPORT`, at the unit of the movement): one for each movement and year.

    `solutions` are the initiatives as they were gathered, a block each (`workflow.solutions`). The
    general sections are the dossier's `report`.
    """

    initiative = models.OneToOneField(
        Initiative, primary_key=True, on_delete=models.PROTECT, related_name="school_report"
    )
    movement = models.ForeignKey(
        Movement, on_delete=models.PROTECT, related_name="school_reports", db_index=False
    )
    year = models.PositiveSmallIntegerField(_("year"))
    solutions = models.JSONField(default=list)
    gathered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("school's report")
        verbose_name_plural = _("school's reports")
        ordering = ("movement", "-year")
        constraints = (
            models.UniqueConstraint(fields=("movement", "year"), name="school_report_once"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.movement_id}"
