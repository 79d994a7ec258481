from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from workflow.models.initiative import Initiative


class Comment(models.Model):
    """Something said about an initiative, beside its decisions. It stays as it was written: the
    audit keeps the hash of its text.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    mentions = models.ManyToManyField(User, related_name="mentioned_in")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.author} {self.at:%d/%m/%Y}"
