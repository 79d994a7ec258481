from django.db import models
from django.utils.translation import gettext_lazy as _

from people.roles import Role
from workflow.models.movement import Movement


class Gate(models.TextChoices):
    """The transitions that need agreement."""

    REGISTER = "register", _("registration")
    REPORT = "report", _("report")
    EVALUATE = "evaluate", _("evaluation")


class Level(models.TextChoices):
    OWN = "own", _("the initiative's own unit")
    SCHOOL = "school", _("its school")
    AUTHORITY = "authority", _("the Department of Education")


class Asks(models.TextChoices):
    """What a step wants from its holder besides a verdict."""

    AGREEMENT = "agreement", _("agreement")
    SCORES = "scores", _("scores by criterion")
    GRADE = "grade", _("grade, recognition, replication")


class RouteStep(models.Model):
    """One step of the way to agreement, as data per movement. Copied onto each submission."""

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="route_steps")
    gate = models.CharField(_("gate"), max_length=10, choices=Gate.choices)
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    level = models.CharField(_("at"), max_length=10, choices=Level.choices)
    asks = models.CharField(_("asks for"), max_length=10, choices=Asks.choices, default="agreement")
    working_days = models.PositiveSmallIntegerField(_("allowance, working days"), default=3)
    same_person = models.BooleanField(
        _("may be taken by somebody who took an earlier step"), default=False
    )

    class Meta:
        verbose_name = _("route step")
        verbose_name_plural = _("route steps")
        ordering = ("movement", "gate", "position")
        constraints = (
            models.UniqueConstraint(fields=("movement", "gate", "position"), name="step_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_gate_display()} {self.position}: {self.get_role_display()}"
