from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User
from workflow.models.evidence import FileKind
from workflow.models.initiative import Initiative
from workflow.models.plan import Target


class TargetEntryQuerySet(models.QuerySet["TargetEntry"]):
    def current(self) -> "TargetEntryQuerySet":
        """What holds now: of each target, unit and year the newest entry."""
        later = TargetEntry.objects.filter(
            target=OuterRef("target"),
            unit=OuterRef("unit"),
            year=OuterRef("year"),
            number__gt=OuterRef("number"),
        )
        return self.filter(~Exists(later))


class TargetEntry(models.Model):
    """What a unit reached of a target in a year, as somebody entered it (ADR 20).

    Rows are only ever added, and a trigger refuses the rest: a correction is the next number, and
    an entry without figure and verdict takes back the one before it.
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField()
    value = models.DecimalField(
        _("reached"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    met = models.BooleanField(_("met"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    proof = models.CharField(
        _("document that proves it (number, date)"), max_length=300, blank=True
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative whose evidence proves it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = TargetEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a target")
        verbose_name_plural = _("entries of targets")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("target", "unit", "year", "number"), name="target_entry_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_id} {self.unit_id} {self.year}/{self.number}"


class TargetFile(models.Model):
    """A file that proves an entry, in the vault beside the evidence of initiatives (ADR 16)."""

    entry = models.ForeignKey(TargetEntry, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    basis = models.CharField(_("basis for showing pupils"), max_length=300, blank=True)
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("evidence of a target")
        verbose_name_plural = _("evidence of targets")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class TargetFileStrike(models.Model):
    """A file that was attached by mistake: it stays in the record and proves nothing any more.

    Rows are only ever added, and a trigger refuses the rest.
    """

    file = models.OneToOneField(TargetFile, on_delete=models.PROTECT, related_name="strike")
    reason = models.CharField(_("reason"), max_length=300)
    struck_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField()

    class Meta:
        verbose_name = _("struck-out evidence of a target")
        verbose_name_plural = _("struck-out evidence of targets")

    def __str__(self) -> str:
        return f"{self.file_id}: {self.reason}"
