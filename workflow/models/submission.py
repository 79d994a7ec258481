import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from workflow.models.initiative import APPROVED, Initiative
from workflow.models.route_choices import Gate


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def passed(self, gate: str) -> "SubmissionQuerySet":
        """Those that everybody agreed to, in the order in which they were put forward."""
        return self.filter(gate=gate, status=Submission.Status.PASSED).order_by("pk")

    def approved_report(self, movement: int, year: int) -> "Submission | None":
        """The school's report of a year as it was approved, unless it was reopened since.

        Asked anew each time: what is issued follows from it.
        """
        of_year = self.filter(
            initiative__school_report__movement=movement, initiative__school_report__year=year
        )
        return of_year.filter(initiative__state=APPROVED).passed(Gate.YEARLY).last()


class Submission(models.Model):
    """What was put forward at a gate: the content as it was, its hash, and the route it takes.

    `content` is the canonical JSON that was hashed, kept as text so that the hash can be checked
    on the bytes. `route` and `sheet` (the score sheet of an evaluation) are copies: later edits of
    the movement's do not reach them.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        PASSED = "passed", _("agreed")
        RETURNED = "returned", _("returned")
        REJECTED = "rejected", _("rejected")
        RECALLED = "recalled", _("recalled")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="submissions")
    gate = models.CharField(max_length=10, choices=Gate.choices)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    route = models.JSONField()
    sheet = models.JSONField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="submissions", db_index=False
    )
    submitted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("submitted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("initiative",), condition=Q(status="pending"), name="one_pending_submission"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_gate_display()} {self.content_hash[:12]}"

    @property
    def snapshot(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.content)
        return content

    def step(self, number: int | None) -> dict[str, Any]:
        return next(step for step in self.route if step["number"] == number)

    def steps_after(self, position: int) -> list[dict[str, Any]]:
        """The steps that are asked next, at the same time; empty when the route is at its end."""
        later = [step for step in self.route if step["position"] > position]
        return [step for step in later if step["position"] == later[0]["position"]]
