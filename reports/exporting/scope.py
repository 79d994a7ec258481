"""What a person may take out: asked when the work begins, and again at each download."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.holdings import paths
from people.models import User
from reports.models import Export
from reports.models.export import Part
from workflow.models import REGISTERED, Initiative, Movement, Round
from workflow.queries import below

SEE, DRAFT = "see_dossiers", "draft_documents"


@dataclass(frozen=True)
class Scope:
    """A year of a movement, within what somebody may see."""

    movement: Movement
    year: int
    parts: tuple[str, ...]
    initiatives: QuerySet[Initiative]
    official: bool

    @property
    def possible(self) -> list[Part]:
        """Documents are for those who handle the school's."""
        return [part for part in Part if self.official or part != Part.DOCUMENTS]

    @property
    def about_initiatives(self) -> bool:
        return bool(set(self.parts) - {Part.DOCUMENTS})


def choices(user: User, today: date) -> list[tuple[Movement, int]]:
    """Movements of the units that the person oversees, and of those above them, with each year."""
    subtrees = paths(user, today, SEE, DRAFT)
    line = {key for path in subtrees for key in path.strip("/").split("/")}
    movements = Movement.objects.filter(Q(unit__in=line) | below(subtrees))
    years = Round.objects.filter(movement__in=movements).order_by("-year").distinct()
    found = movements.select_related("unit__parent").order_by("unit__name", "-starts_on", "pk")
    held: dict[int, list[int]] = {}
    for movement, year in years.values_list("movement", "year"):
        held.setdefault(movement, []).append(year)
    return [(one, year) for one in found for year in held.get(one.pk, [])]


def scope(user: User, today: date, movement: Movement, year: int, parts: tuple[str, ...]) -> Scope:
    visible = Initiative.objects.visible_to(user, today)
    rows = visible.filter(movement=movement, round__year=year, state__in=REGISTERED)
    return Scope(movement, year, parts, rows, _handles_documents(user, today, movement))


def _handles_documents(user: User, today: date, movement: Movement) -> bool:
    return any(movement.unit.path.startswith(path) for path in paths(user, today, DRAFT))


def still_granted(export: Export, user: User, today: date) -> bool:
    """May the person see everything that the file shows, today?"""
    if export.official and not _handles_documents(user, today, export.movement):
        return False
    visible = Initiative.objects.visible_to(user, today).filter(pk__in=export.initiatives)
    return visible.count() == len(export.initiatives)
