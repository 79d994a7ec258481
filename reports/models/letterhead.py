from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from reports.papers.wording import abbreviation

AUTHORITY = "Sở Giáo dục và Đào tạo"
UNKNOWN = "…………"


class Letterhead(models.Model):
    """How a school is written on its documents. Without one, both parts follow from the names."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="letterhead"
    )
    abbreviation = models.CharField(_("abbreviation in document numbers"), max_length=20)
    place = models.CharField(_("place of issue, in full"), max_length=60)

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")

    def __str__(self) -> str:
        return f"{self.unit} · {self.abbreviation}"

    @classmethod
    def of(cls, unit: Unit) -> "Letterhead":
        kept = cls.objects.filter(unit=unit).first()
        above = unit.parent.name if unit.parent else ""
        place = above.partition(AUTHORITY)[2].strip() or UNKNOWN
        return kept or cls(unit=unit, abbreviation=abbreviation(unit.name), place=place)
