from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User
from people.roles import Role
from workflow.models.initiative import Initiative
from workflow.models.submission import Submission
from workflow.queries import WorkItemQuerySet


class Duty(models.TextChoices):
    REGISTER = "register", _("register the initiative")
    REPORT = "report", _("report the results")
    DECIDE = "decide", _("decide")
    OPEN_EVALUATION = "open_evaluation", _("open the evaluation")
    EXTENSION = "extension", _("answer the request for more time")


OF_AUTHORS = (Duty.REGISTER, Duty.REPORT)


class Because(models.TextChoices):
    """Why somebody besides those who were asked may decide."""

    LATE = "late", _("the step is overdue")
    ABSENCE = "absence", _("everybody who was asked is absent")


class WorkItem(models.Model):
    """Who owes what by when. Addressed to whoever holds a role at a unit, or to one person:
    an author, somebody named by the route, or one of several who each hold the role.

    `step` is the number of the step in the submission's route. `due_at` is the first instant that
    is too late. `raised_*` is a post that may decide as well: the next role up once the ladder
    says so, or the deputy while everybody asked is absent. `opened_seq` and `closed_seq` name the
    audit entries that opened and closed it.

    `counted_from` and `working_days` are the allowance behind `due_at` (`workflow.allowances`); an
    item without keeps its date. `moved_at` is when the date last changed.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="work_items")
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="work_items"
    )
    duty = models.CharField(max_length=16, choices=Duty.choices)
    step = models.PositiveSmallIntegerField(null=True)
    person = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="owes", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    counted_from = models.DateTimeField(null=True)
    working_days = models.PositiveSmallIntegerField(null=True)
    moved_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(null=True)
    raised_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    raised_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    raised_because = models.CharField(max_length=8, choices=Because.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    opened_seq = models.PositiveIntegerField(db_default=0)
    closed_seq = models.PositiveIntegerField(null=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        ordering = ("due_at", "pk")
        indexes = (
            models.Index(
                fields=("unit", "role", "due_at"),
                condition=Q(closed_at__isnull=True),
                name="open_by_post",
            ),
            models.Index(
                fields=("person", "due_at"),
                condition=Q(closed_at__isnull=True),
                name="open_by_person",
            ),
            models.Index(
                fields=("raised_unit", "raised_role", "due_at"),
                condition=Q(closed_at__isnull=True, raised_unit__isnull=False),
                name="open_by_raised",
            ),
            models.Index(
                fields=("due_at",), condition=Q(closed_at__isnull=True), name="open_by_due"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""), name="item_has_an_address"
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.get_duty_display()}"
