"""What a document can be about, as a key that a form can carry: "r7", "i12", "y3-2024", "m3"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from people.models import Unit
from reports.papers.content.matter import years_of
from reports.yearly import Yearly
from workflow.models import REPORTED, Initiative, Movement, Round


@dataclass(frozen=True)
class Subject:
    key: str
    label: str
    school: Unit
    matter: Any


def rounds(schools: list[Unit]) -> Iterator[Subject]:
    rows = Round.objects.filter(movement__unit__in=schools).select_related("movement__unit")
    for one in rows.order_by("-year", "number"):
        label = f"{one.name} {one.year} · {one.movement.name}"
        yield Subject(f"r{one.pk}", label, one.movement.unit, one)


def years(schools: list[Unit]) -> Iterator[Subject]:
    for movement in _movements(schools):
        for year in reversed(years_of(movement)):
            label = f"{year} · {movement.name}"
            yield Subject(f"y{movement.pk}-{year}", label, movement.unit, (movement, year))


def reports_of_years(schools: list[Unit]) -> Iterator[Subject]:
    """As `years`, about the school's report: its dossier."""
    for subject in years(schools):
        yield replace(subject, matter=Yearly(*subject.matter))


def movements(schools: list[Unit]) -> Iterator[Subject]:
    for movement in _movements(schools):
        yield Subject(f"m{movement.pk}", movement.name, movement.unit, movement)


def reported(schools: list[Unit]) -> Iterator[Subject]:
    rows = Initiative.objects.filter(movement__unit__in=schools, state__in=REPORTED)
    for one in rows.select_related("movement__unit", "unit").order_by("-round__year", "code"):
        yield Subject(f"i{one.pk}", f"{one.code} · {one.title}", one.movement.unit, one)


def _movements(schools: list[Unit]) -> list[Movement]:
    return list(Movement.objects.filter(unit__in=schools).select_related("unit__parent"))
