"""What a movement's plan lays down besides dates: legal bases, targets, forms and scales."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Stamp
from workflow.models.movement import Movement


class LegalBasis(models.Model):
    """A document the plan rests on (căn cứ)."""

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="legal_bases")
    number = models.CharField(_("document number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issued by"), max_length=150)
    abstract = models.TextField(_("abstract"))

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.number


class Audience(models.TextChoices):
    COLLECTIVE = "collective", _("collectives")
    INDIVIDUAL = "individual", _("individuals")
    MOVEMENT = "movement", _("the whole movement")
    INDEX = "index", _("indices")


class Computed(models.TextChoices):
    """What follows from the initiatives, and therefore is never typed."""

    COVERAGE = "coverage", _("departments with at least 01 registered")
    PARTICIPATION = "participation", _("staff who registered")
    ON_TIME = "on_time", _("registered and reported in time")


class Target(models.Model):
    """A target (chỉ tiêu) of the plan's section II.2, or an index (chỉ số) that it wants improved.

    Without a unit of measure there is no figure: whoever answers for it says met or not met.
    Without `required`, an index is met when it is better than the year before.
    """

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="targets")
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices)
    code = models.CharField(_("code"), max_length=10)
    short = models.CharField(_("label"), max_length=60)
    text = models.TextField(_("text"))
    measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    required = models.DecimalField(
        _("required"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    maximum = models.DecimalField(
        _("highest possible"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    higher_is_better = models.BooleanField(_("higher is better"), default=True)
    computed = models.CharField(
        _("computed from the initiatives"), max_length=15, choices=Computed.choices, blank=True
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("movement", "pk")
        constraints = (models.UniqueConstraint(fields=("movement", "code"), name="target_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.short}"


class ReportSection(models.Model):
    """A section of the report form. Those of `scope` initiative are written per initiative."""

    class Scope(models.TextChoices):
        SCHOOL = "school", _("once for the school")
        INITIATIVE = "initiative", _("for each initiative")

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="report_sections")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=30)
    numeral = models.CharField(_("numeral"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    scope = models.CharField(_("written"), max_length=10, choices=Scope.choices)
    help = models.TextField(_("guidance"), blank=True)

    class Meta:
        verbose_name = _("report section")
        verbose_name_plural = _("report sections")
        ordering = ("movement", "position")
        constraints = (
            models.UniqueConstraint(fields=("movement", "code"), name="report_section_once"),
        )

    def __str__(self) -> str:
        return f"{self.numeral}. {self.title}"


class Criterion(models.Model):
    """A line of the score sheet (phiếu chấm) with the points it can give."""

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=100)
    maximum = models.PositiveSmallIntegerField(_("maximum points"))
    help = models.TextField(_("guidance"), blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("movement", "position")
        constraints = (models.UniqueConstraint(fields=("movement", "code"), name="criterion_once"),)

    def __str__(self) -> str:
        return self.name


class PlanStamp(Stamp):
    """Of routes, forms, scales and the dates of rounds: triggers renew it, whoever writes them."""
