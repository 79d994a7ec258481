from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.roles import Role


class Movement(models.Model):
    """An emulation movement (phong trào thi đua) of a unit, over one or more years."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="movements"
    )
    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    extended_by = models.CharField(
        _("who grants an extension"),
        max_length=20,
        choices=[(role.value, role.label) for role in (Role.HEAD, Role.PRINCIPAL)],
        default=Role.HEAD,
    )
    numbers = models.JSONField(default=dict, editable=False)
    """The number last given to an initiative, by year."""

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ("-starts_on",)

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["Round"]):
    def open_for_registration(self, today: date) -> "RoundQuerySet":
        """Rounds of this year, and of a year whose reports are still to come.

        Registering after `register_before` is better than not at all, and shows as late.
        """
        same_year = Round.objects.filter(movement=OuterRef("movement"), year=OuterRef("year"))
        to_come = Exists(same_year.filter(report_before__gt=today))
        this_year = ExtractYear(Value(today, output_field=models.DateField()))
        return self.filter(to_come | Q(year=this_year), opens_on__lte=today)

    def report_bound(self, movement: str, year: str) -> models.Subquery:
        """The date by which the year's reports are due, beside rows that name movement and year."""
        rounds = self.filter(
            movement=OuterRef(movement), year=OuterRef(year), report_before__isnull=False
        )
        return models.Subquery(rounds.order_by("-number").values("report_before")[:1])


class Round(models.Model):
    """A round (đợt) of one year. Its bounds are exclusive: `register_before` is already late.

    In 2023 the first round registers and the second implements and reports; in later years one
    round does both, and no date binds the registration.
    """

    movement = models.ForeignKey(
        Movement, verbose_name=_("movement"), on_delete=models.CASCADE, related_name="rounds"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("round number"))
    name = models.CharField(_("name"), max_length=100)
    opens_on = models.DateField(_("opens on"))
    register_before = models.DateField(_("register before"), null=True, blank=True)
    implement_from = models.DateField(_("implement from"), null=True, blank=True)
    report_before = models.DateField(_("report before"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("movement", "year", "number")
        constraints = (
            models.UniqueConstraint(fields=("movement", "year", "number"), name="round_once"),
            models.CheckConstraint(
                condition=Q(report_before__isnull=True) | Q(report_before__gt=F("opens_on")),
                name="round_reports_after_opening",
                violation_error_message=_("The report is due before the round opens."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"
