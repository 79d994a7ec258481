"""The score sheet (phiếu chấm) of a movement: lines whose points add up to 100."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from workflow.canonical import canonical, digest
from workflow.models import Criterion, Movement

FULL = 100
"""What all lines give together. The bands of the grades (NĐ 233/2026) are laid down on it."""
LINE = ("code", "name", "maximum", "help")
LONGEST_CODE = 30


class Overtaken(Exception):
    """Somebody else has saved another sheet meanwhile."""


def lines(movement: Movement) -> list[dict[str, Any]]:
    return list(movement.criteria.order_by("position").values(*LINE))


def version(movement: Movement) -> str:
    """Changes with every word of the sheet."""
    return digest(canonical(lines(movement)))


def replace(movement: Movement, rows: list[dict[str, Any]], base: str) -> None:
    """Store the whole sheet in the order given. A line keeps its code, by which points are kept.

    Scorings that are open have a copy of their own and do not change.
    """
    with transaction.atomic():
        Movement.objects.select_for_update(no_key=True).get(pk=movement.pk)
        if version(movement) != base:
            raise Overtaken
        movement.criteria.all().delete()
        taken = {row["code"] for row in rows if row["code"]}
        for position, row in enumerate(rows, start=1):
            code = row["code"] or _new_code(row["name"], taken)
            taken.add(code)
            Criterion.objects.create(movement=movement, position=position, **row | {"code": code})


def _new_code(name: str, taken: set[str]) -> str:
    plain = slugify(name.replace("đ", "d").replace("Đ", "D"))[: LONGEST_CODE - 3] or "criterion"
    free = (
        code for n in range(1, 100) if (code := plain if n == 1 else f"{plain}-{n}") not in taken
    )
    return next(free)
