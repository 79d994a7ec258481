from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from reports.models.document import OfficialDocument


class Verdict(models.TextChoices):
    """What the check of a signed file can find; the first three are kept, each with its mark."""

    VALID = "valid", _("valid signature")
    UNTRUSTED = "untrusted", _("signed, but the certificate is not trusted")
    EXPIRED = "expired", _("signed, but the certificate was not in force")
    TAMPERED = "tampered", _("changed after it was signed")
    FOREIGN = "foreign", _("another document")
    UNSIGNED = "unsigned", _("not signed")
    UNREADABLE = "unreadable", _("not a readable PDF")


KEPT = (Verdict.VALID, Verdict.UNTRUSTED, Verdict.EXPIRED)


class SignedFile(models.Model):
    """A document as it came back from the signer's computer, with what the check found then."""

    document = models.ForeignKey(OfficialDocument, on_delete=models.PROTECT, related_name="signed")
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    signer = models.CharField(_("signed by"), max_length=200)
    authority = models.CharField(_("certificate of"), max_length=200)
    signed_at = models.DateTimeField(_("signed at, by the signer's own clock"), null=True)
    stamped = models.BooleanField(_("time confirmed by a time stamp"), default=False)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signed file")
        verbose_name_plural = _("signed files")
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("document", "content_hash"), name="signed_file_once"),
        )

    def __str__(self) -> str:
        return f"{self.document.code} · {self.get_verdict_display()}"
