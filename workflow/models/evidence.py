from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from workflow.models.comment import Comment
from workflow.models.initiative import Initiative


class FileKind(models.TextChoices):
    """What evidence may be, decided by its content. Nothing here runs when it is opened."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PPTX = "pptx", "PowerPoint"
    ODT = "odt", "OpenDocument Text"
    ODS = "ods", "OpenDocument Spreadsheet"
    ODP = "odp", "OpenDocument Presentation"
    TXT = "txt", _("plain text")
    CSV = "csv", "CSV"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of_dossier(self) -> "EvidenceQuerySet":
        """What belongs to the content now: neither removed, nor shown with a comment."""
        return self.filter(removed_at__isnull=True, comment__isnull=True)


class Evidence(models.Model):
    """A file that proves something (minh chứng), of an initiative or of a comment on it.

    `stored` names the file in the vault, at random; `name` is only shown. `basis` says by what
    right pupils are shown (consent, a public event); empty: none can be recognised. `result` is
    the indicator of the measure it proves: measures get new rows with every saving. What was once
    submitted stays in the vault: then removing it only says since when it no longer counts.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="evidence")
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    name = models.CharField(_("name"), max_length=150)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    result = models.CharField(_("proves the result"), max_length=150, blank=True)
    basis = models.CharField(_("basis for showing pupils"), max_length=300, blank=True)
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=32, unique=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
