from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.leases import Leased
from people.models import Unit, User
from people.progress import Progress
from workflow.models.initiative import Initiative
from workflow.models.movement import Movement


class DateChangeQuerySet(models.QuerySet["DateChange"]):
    def unfinished(self) -> "DateChangeQuerySet":
        return self.filter(finished_at=None)

    def free(self, now: datetime) -> "DateChangeQuerySet":
        """Not finished, and no worker is at them."""
        return self.unfinished().filter(Q(lease_until=None) | Q(lease_until__lte=now))

    def followed(self) -> "DateChangeQuerySet":
        """Nothing has to follow any more."""
        return self.filter(~Exists(Follower.objects.filter(change=OuterRef("pk"))))


class DateChange(Leased):
    """A round or a calendar that was changed, where many dossiers have still to follow.

    It commits with the change itself, together with a `Follower` for each dossier. `comment` is for
    their histories. `movement` is empty where the calendar of the unit was changed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="date_changes")
    movement = models.ForeignKey(Movement, null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    comment = models.TextField()
    total = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)

    objects = DateChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of dates")
        verbose_name_plural = _("changes of dates")
        ordering = ("made_at", "pk")
        indexes = (
            models.Index(
                fields=("unit",), condition=Q(finished_at=None), name="unfinished_date_changes"
            ),
        )

    def __str__(self) -> str:
        return self.comment

    def progress(self, now: datetime) -> Progress:
        left = 0 if self.finished_at else self.followers.count()
        return Progress(self.total - left, self.total, self.made_at, now)


class Follower(models.Model):
    """A dossier whose open items have still to follow a change of dates. Gone once they have.

    While there is one, what is stored as a due date is not the last word: nobody is chased for it.

    The database does not check the dossier's key: it would write a lock into every one of them.
    """

    change = models.ForeignKey(
        DateChange, on_delete=models.CASCADE, related_name="followers", db_index=False
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("tries", "pk")
        constraints = (
            models.UniqueConstraint(fields=("change", "initiative"), name="follows_once"),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.tries}"

    @classmethod
    def waits(cls, dossier: str) -> Exists:
        """Has a dossier still to follow? `dossier`: how the query reaches its key."""
        return Exists(cls.objects.filter(initiative=OuterRef(dossier)))
