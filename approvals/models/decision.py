from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.roles import Role
from workflow.models import Submission, WorkItem


class Verdict(models.TextChoices):
    APPROVE = "approve", _("approved")
    RETURN = "return", _("returned for revision")
    REJECT = "reject", _("rejected")
    FOR = "for", _("voted for")
    AGAINST = "against", _("voted against")


REFUSALS = (Verdict.RETURN, Verdict.REJECT)
BALLOTS = (Verdict.FOR, Verdict.AGAINST)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """Not taken back."""
        return self.filter(undone_at__isnull=True)

    def approvals(self) -> "DecisionQuerySet":
        return self.standing().filter(verdict=Verdict.APPROVE)

    def ballots(self) -> "DecisionQuerySet":
        """The votes of a council, for and against."""
        return self.standing().filter(verdict__in=BALLOTS)

    def voiced_by(self, person_id: int | None) -> "DecisionQuerySet":
        """Taken by a person, or by somebody else in their name."""
        return self.standing().filter(Q(actor=person_id) | Q(on_behalf_of=person_id))


class Decision(models.Model):
    """Who decided what, on whose behalf, in which role, and the hash of what they saw.

    One that was taken back stays, and counts no more. `notes`: what a return asks to be changed, by
    the part of the dossier.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    work_item = models.OneToOneField(WorkItem, on_delete=models.PROTECT, related_name="decision")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    on_behalf_of = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    notes = models.JSONField(default=dict)
    seen_hash = models.CharField(max_length=64)
    scores = models.JSONField(default=dict)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("on_behalf_of",),
                condition=Q(on_behalf_of__isnull=False),
                name="decided_for",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(verdict__in=REFUSALS) | ~Q(comment=""), name="a_refusal_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} · {self.actor}"
