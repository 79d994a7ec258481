from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User


class DocumentTemplate(models.Model):
    """A school's own docx template for a kind of document; the newest counts, none means ours.

    An empty content puts ours back, so that the history says who did it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="document_templates")
    kind = models.CharField(_("kind"), max_length=30)
    name = models.CharField(_("file name"), max_length=150, blank=True)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.unit} · {self.kind}"
