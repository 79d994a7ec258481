from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.leases import Leased
from people.models import User
from people.progress import Progress
from workflow.models import Movement


class Status(models.TextChoices):
    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("expired")


class Part(models.TextChoices):
    """What a year's dossier can hold."""

    DOCUMENTS = "documents", _("official documents: issued, signed, editable, and the lists")
    REPORTS = "reports", _("each initiative's own report, as docx and PDF")
    RECORDS = "records", _("each initiative's record, which checks itself (JSON)")
    EVIDENCE = "evidence", _("evidence files")


class Reason(models.TextChoices):
    """Why it failed, and what to do."""

    NOTHING = "nothing", _("There is nothing in this dossier that you may see. Choose another.")
    NO_SPACE = (
        "no_space",
        _("The server's disk is full. Ask the operator to make room, then start again."),
    )
    LOST = (
        "lost",
        _("The work was cut short several times. Choose fewer parts, or tell the operator."),
    )
    BROKEN = "broken", _("One of the documents could not be made. Tell the operator which:")


LIVING = (Status.WAITING, Status.RUNNING)
WITH_FILE = (Status.RUNNING, Status.DONE)
MOVES: dict[str, tuple[str, ...]] = {
    Status.WAITING: (Status.RUNNING, Status.CANCELLED),
    Status.RUNNING: (
        Status.RUNNING, Status.WAITING, Status.DONE, Status.CANCELLED, Status.FAILED,
    ),
    Status.DONE: (Status.EXPIRED,),
    Status.CANCELLED: (),
    Status.FAILED: (),
    Status.EXPIRED: (),
}  # fmt: skip
"""From running to running: another worker takes it over."""


class ExportQuerySet(models.QuerySet["Export"]):
    def living(self) -> "ExportQuerySet":
        return self.filter(status__in=LIVING)

    def waiting(self) -> "ExportQuerySet":
        return self.filter(status=Status.WAITING).order_by("asked_at", "pk")

    def running(self) -> "ExportQuerySet":
        return self.filter(status=Status.RUNNING)

    def orphaned(self, now: datetime) -> "ExportQuerySet":
        """Their worker has not been heard of until the end of its lease."""
        return self.running().filter(lease_until__lte=now)

    def move(self, to: str, **changes: object) -> bool:
        """The one way to another status. Whoever comes second changes nothing, and is told."""
        sources = [one for one, targets in MOVES.items() if to in targets]
        return bool(self.filter(status__in=sources).update(status=to, **changes))


class Export(Leased):
    """A year's dossier as one file, made in the background for one person.

    `holder` names the file as well. `slot` limits how many are made at once: the database refuses
    the same one twice. `initiatives` and `official` say what the file shows, to be asked again at
    each download.
    """

    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    parts = models.JSONField()
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    slot = models.PositiveSmallIntegerField(null=True)
    lost = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    name = models.CharField(max_length=150, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    missing = models.PositiveIntegerField(default=0)
    initiatives = models.JSONField(default=list)
    official = models.BooleanField(default=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("asked_by",), condition=Q(status__in=LIVING), name="export_one_a_person"
            ),
            models.UniqueConstraint(
                fields=("slot",), condition=Q(status=Status.RUNNING), name="export_one_a_slot"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="export_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.movement.code} {self.year}"

    @property
    def living(self) -> bool:
        return self.status in LIVING

    def progress(self, now: datetime) -> Progress:
        done = self.done if self.status == Status.RUNNING else 0
        return Progress(done, self.total, self.started_at, now)


class Download(models.Model):
    """Who took the file, and when: it carries personal data out of the system."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.export_id} {self.user_id} {self.at}"
