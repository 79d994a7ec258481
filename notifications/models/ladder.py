from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models import Movement, WorkItem


class LadderRung(models.Model):
    """One rung of the escalation ladder: so many days from the due time, these people are told."""

    movement = models.ForeignKey(
        Movement, verbose_name=_("movement"), on_delete=models.CASCADE, related_name="ladder"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.SlugField(_("name"), max_length=30)
    offset = models.SmallIntegerField(_("days after the due time (negative: before)"))
    working_days = models.BooleanField(_("count working days"), default=False)
    holder = models.BooleanField(_("tell who owes it"), default=True)
    superior = models.BooleanField(_("tell their head"), default=False)
    principal = models.BooleanField(_("tell the principal"), default=False)
    raises = models.BooleanField(_("the next role up may decide"), default=False)

    class Meta:
        verbose_name = _("ladder rung")
        verbose_name_plural = _("escalation ladder")
        ordering = ("movement", "position")
        constraints = (
            models.UniqueConstraint(fields=("movement", "position"), name="rung_once"),
            models.CheckConstraint(
                condition=models.Q(working_days=False) | models.Q(offset__gt=0),
                name="rung_counts_working_days_forward",
                violation_error_message=_("Working days can only be counted after the due time."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Escalation(models.Model):
    """A rung that was applied to a work item, for the due date it had. The unique key is what makes
    it happen once; a date that moves is chased anew.
    """

    work_item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="escalations")
    rung = models.ForeignKey(LadderRung, on_delete=models.PROTECT, related_name="escalations")
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("work_item", "rung", "due_at"), name="escalated_once_per_rung"
            ),
        )

    def __str__(self) -> str:
        return f"{self.work_item_id} {self.rung_id}"
