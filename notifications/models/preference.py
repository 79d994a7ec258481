from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class Choice(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NONE = "none", _("no mail")


class Preference(models.Model):
    """How a person gets one kind of message by mail. Without a row it is sent at once.

    The message itself is there whatever they choose: it shows under the bell.
    """

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="preferences"
    )
    kind = models.CharField(_("kind"), max_length=30)
    choice = models.CharField(_("by mail"), max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = (models.UniqueConstraint(fields=("user", "kind"), name="one_choice_a_kind"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.choice}"
