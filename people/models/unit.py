from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from people.roles import UNIT_PERMISSIONS


class UnitKind(models.TextChoices):
    AUTHORITY = "authority", _("Department of Education")
    SCHOOL = "school", _("school")
    DEPARTMENT = "department", _("department")


AUTHORITY_DEPTH, SCHOOL_DEPTH = 0, 1
"""How many steps below the root of the tree a unit of this kind stands."""


def at_depth(line: list[int], depth: int) -> int:
    """The key at this depth of a line that leads up to the root; of a shorter line, its foot."""
    return line[::-1][min(depth, len(line) - 1)]


NOTHING = Q(pk__in=())


def below(subtrees: list[str], unit: str = "unit") -> Q:
    """Units in any of the subtrees; nothing when there are none. `unit` is how the query reaches
    the unit, empty when it is one of units.
    """
    column = f"{unit}__path" if unit else "path"
    return reduce(or_, (Q(**{f"{column}__startswith": path}) for path in subtrees), NOTHING)


class Unit(models.Model):
    """A node of the tree Sở → school → department.

    `path` lists the keys from the root ("/1/4/9/"): a subtree is a prefix, and the line upwards
    is read from the row itself without a query.
    """

    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=60)
    path = models.CharField(max_length=120, editable=False, db_index=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("path",)
        permissions = tuple(UNIT_PERMISSIONS.items())
        constraints = (
            models.UniqueConstraint(fields=("parent", "name"), name="unit_name_unique_in_parent"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self._move_subtree(self.path, path)
            self.path = path

    def _move_subtree(self, old: str, new: str) -> None:
        moved = Unit.objects.filter(pk=self.pk)
        if old:
            moved |= Unit.objects.filter(path__startswith=old)
        moved.update(path=Concat(models.Value(new), Substr("path", len(old) + 1)))

    @property
    def line(self) -> list[int]:
        """Keys from this unit up to the root."""
        return [int(key) for key in reversed(self.path.strip("/").split("/"))]
