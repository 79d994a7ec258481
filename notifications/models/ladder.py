from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.models import User
from workflow.models import Duty, Movement, WorkItem

TOLD = ("holder", "head", "superior", "principal", "secretary")
"""The fields that say who is told."""


class RungQuerySet(models.QuerySet["LadderRung"]):
    def in_force(self) -> "RungQuerySet":
        return self.filter(retired_at__isnull=True)


class LadderRung(models.Model):
    """One rung of the escalation ladder: so many days from the due time, these people are told.

    A kind of work (`duty`) with rungs of its own climbs those; every other kind climbs the
    movement's general ones. A rung that was climbed is never changed: it is retired, and what it
    said stays readable.
    """

    movement = models.ForeignKey(
        Movement, verbose_name=_("movement"), on_delete=models.CASCADE, related_name="ladder"
    )
    duty = models.CharField(_("kind of work"), max_length=16, choices=Duty.choices, blank=True)
    name = models.SlugField(_("name"), max_length=30)
    offset = models.SmallIntegerField(_("days after the due time (negative: before)"))
    working_days = models.BooleanField(_("count working days"), default=False)
    holder = models.BooleanField(_("whoever owes it"), default=True)
    head = models.BooleanField(_("the head of the department"), default=False)
    superior = models.BooleanField(_("the next role up"), default=False)
    principal = models.BooleanField(_("the principal"), default=False)
    secretary = models.BooleanField(_("the secretary of the council"), default=False)
    raises = models.BooleanField(_("the next role up may decide"), default=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)
    retired_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = RungQuerySet.as_manager()

    class Meta:
        verbose_name = _("ladder rung")
        verbose_name_plural = _("escalation ladder")
        ordering = ("movement", "duty", "offset", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("movement", "duty", "offset", "working_days"),
                condition=Q(retired_at__isnull=True),
                name="rung_once",
                violation_error_message=_(
                    "There is a rung at this moment already: change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(working_days=False) | Q(offset__gt=0),
                name="rung_counts_working_days_forward",
                violation_error_message=_("Working days can only be counted after the due time."),
            ),
            models.CheckConstraint(
                condition=Q(raises=False) | Q(offset__gte=0),
                name="rung_raises_what_is_late",
                violation_error_message=_("Only what is late can be decided by the next role up."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def moment(self) -> str:
        """When it is climbed, in words."""
        days = abs(self.offset)
        if not days:
            return gettext("when the time is over")
        if self.offset < 0:
            words = ngettext("%(days)s day before", "%(days)s days before", days)
        elif self.working_days:
            words = ngettext("%(days)s working day after", "%(days)s working days after", days)
        else:
            words = ngettext("%(days)s day after", "%(days)s days after", days)
        return words % {"days": days}

    @property
    def audience(self) -> list[str]:
        """Who is told, in words."""
        fields = {field.name: field for field in self._meta.fields}
        return [str(fields[name].verbose_name) for name in TOLD if getattr(self, name)]


class Escalation(models.Model):
    """A rung that was applied to a work item. The unique key is what makes it happen once.

    `due_at` is the item's due time then: after an extension the ladder is climbed anew.
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
