from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class Mail(models.TextChoices):
    """How a kind of message comes by mail. In the application every message is there at once."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("in the daily digest")
    NEVER = "never", _("not by mail")


class Preference(models.Model):
    """What a person chose for one kind of message; without a row it comes at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=30)
    mail = models.CharField(max_length=8, choices=Mail.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "kind"), name="preference_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.mail}"


class MailHours(models.Model):
    """When a person wants no mail, in Vietnamese time; without a row the installation's hours
    hold. `starts` and `ends` alike, or neither, mean: at any hour.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_hours")
    starts = models.TimeField(_("no mail from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    weekends = models.BooleanField(_("no mail on Saturdays and Sundays"), default=False)
    digest = models.BooleanField(_("every morning: all that waits for me"), default=False)

    digested_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts}-{self.ends}"

    def clean(self) -> None:
        if (self.starts is None) != (self.ends is None):
            raise ValidationError(_("Give both times, or neither for mail at any hour."))

    @property
    def quiet(self) -> tuple[time, time] | None:
        return (self.starts, self.ends) if self.starts and self.ends else None
