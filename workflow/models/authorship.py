from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from workflow.models.initiative import Initiative


class Authorship(models.Model):
    """An author and the share of the contribution, in percent; the shares add up to 100."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="authorships", db_index=False
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="authorships",
        db_index=False,
    )
    share = models.PositiveSmallIntegerField(_("contribution share, %"))

    class Meta:
        ordering = ("-share", "pk")
        indexes = (models.Index(fields=("user", "initiative"), name="authored_by"),)
        constraints = (
            models.UniqueConstraint(fields=("initiative", "user"), name="author_once"),
            models.CheckConstraint(
                condition=Q(share__range=(1, 100)), name="share_is_a_percentage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.share}%"
