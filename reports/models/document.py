from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User
from reports.papers.paper import Paper, from_json
from workflow.models import Submission


class OfficialDocumentQuerySet(models.QuerySet["OfficialDocument"]):
    def series(self, unit: Unit, symbol: str, year: int) -> "OfficialDocumentQuerySet":
        """A number series runs from 01/01 to 31/12, one for each sort of document."""
        return self.filter(unit=unit, symbol=symbol, year=year)

    def last_number(self) -> int:
        return self.aggregate(last=Max("number"))["last"] or 0


class OfficialDocument(models.Model):
    """A document with its number: it stays as it was issued, and a trigger refuses to change it.

    `content` is the canonical JSON of the paper, kept as the very text that was hashed. `pdf` is
    the file that is signed: whether a signed file is this document is decided on its bytes.
    `source` is the frozen dossier it was made from, with its hash as it was then; the school's
    yearly report has one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="official_documents")
    kind = models.CharField(_("kind"), max_length=30)
    subject = models.CharField(max_length=40)
    symbol = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("document number"), max_length=60)
    abstract = models.TextField(_("abstract"))
    issued_on = models.DateField(_("issued on"))
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_hash = models.CharField(max_length=64)
    source = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="documents"
    )
    source_hash = models.CharField(max_length=64, blank=True)
    issued_by = models.ForeignKey(
        User, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField()
    key = models.CharField(max_length=64, unique=True)

    objects = OfficialDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "symbol", "year", "number"), name="document_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.abstract}"

    @property
    def paper(self) -> Paper:
        return from_json(self.content)

    @property
    def file_name(self) -> str:
        """ "05-BC-THPTPH-2025": what a number may not hold in a file's name is left out."""
        return f"{self.code.replace('/', '-')}-{self.year}"
