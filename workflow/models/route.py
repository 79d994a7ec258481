from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.roles import Role
from workflow.models.movement import Movement
from workflow.models.route_choices import Asks, Base, Gate, Level, Quorum

PERCENT = (MinValueValidator(1), MaxValueValidator(100))


class RouteQuerySet(models.QuerySet["Route"]):
    def in_force(self, movement: Movement | int, gate: str) -> "Route | None":
        """The newest version: earlier ones stay to be read, and never change."""
        versions = self.filter(movement=movement, gate=gate).order_by("-number")
        return versions.prefetch_related("steps__people").first()

    def add_version(
        self,
        movement: Movement,
        gate: str,
        steps: Iterable[dict[str, Any]],
        by: User | None = None,
        now: datetime | None = None,
    ) -> "Route":
        """Store the next version. `steps` are fields of `RouteStep`, `people` a list of users.

        The unique key refuses the second of two that are saved at once.
        """
        newest = self.filter(movement=movement, gate=gate).aggregate(number=models.Max("number"))
        with transaction.atomic():
            route = self.create(
                movement=movement,
                gate=gate,
                number=(newest["number"] or 0) + 1,
                saved_by=by,
                saved_at=now,
            )
            _store_steps(route, [dict(values) for values in steps])
        return route


def _store_steps(route: "Route", rows: list[dict[str, Any]]) -> None:
    named = [row.pop("people", ()) for row in rows]
    steps = RouteStep.objects.bulk_create(RouteStep(route=route, **row) for row in rows)
    asks = RouteStep.people.through
    asks.objects.bulk_create(
        asks(routestep=step, user=person)
        for step, people in zip(steps, named, strict=True)
        for person in people
    )


class Route(models.Model):
    """One version of the way to agreement at a gate. A change of the route is a new version."""

    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="routes")
    gate = models.CharField(_("gate"), max_length=10, choices=Gate.choices)
    number = models.PositiveIntegerField(_("version"))
    saved_at = models.DateTimeField(_("saved"), null=True)
    saved_by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ("movement", "gate", "-number")
        constraints = (
            models.UniqueConstraint(fields=("movement", "gate", "number"), name="route_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_gate_display()} {self.number}"


class RouteStep(models.Model):
    """One step of a route, as data. Copied onto each submission.

    A step asks whoever holds a role at a level of the unit's line, or named people. Steps of one
    position are asked at the same time; the next position follows when all of them have agreed.

    A vote asks everybody of the council, and its outcome goes on to the next position either way.
    """

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    level = models.CharField(_("at"), max_length=10, choices=Level.choices, blank=True)
    people = models.ManyToManyField(
        User, verbose_name=_("named people"), blank=True, related_name="+"
    )
    quorum = models.CharField(
        _("must agree"), max_length=4, choices=Quorum.choices, default=Quorum.ANY
    )
    needed = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    asks = models.CharField(_("asks for"), max_length=10, choices=Asks.choices, default="agreement")
    working_days = models.PositiveSmallIntegerField(_("allowance, working days"), default=3)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark of the mean score"), null=True, blank=True, validators=PERCENT
    )
    threshold = models.PositiveSmallIntegerField(
        _("votes for, at least %"), null=True, blank=True, validators=PERCENT
    )
    base = models.CharField(_("percent of"), max_length=8, choices=Base.choices, blank=True)
    attendance = models.PositiveSmallIntegerField(
        _("members who must vote, at least %"), null=True, blank=True, validators=PERCENT
    )
    same_person = models.BooleanField(
        _("may be taken by somebody who took an earlier step"), default=False
    )
    keeps_approval = models.BooleanField(
        _("keeps its approval when the dossier comes back unchanged"), default=False
    )

    class Meta:
        verbose_name = _("route step")
        verbose_name_plural = _("route steps")
        ordering = ("route", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("route", "position", "role", "level"),
                condition=~Q(role=""),
                name="step_once",
            ),
            models.CheckConstraint(
                condition=~Q(asks__in=("vote", "both"))
                | (Q(threshold__range=(1, 100), quorum="all") & ~Q(base="")),
                name="a_vote_has_a_threshold",
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.get_role_display() or _('named people')}"

    @cached_property
    def named(self) -> list[User]:
        """The people asked by name; a step that is only planned is given them unsaved."""
        return list(self.people.all())
