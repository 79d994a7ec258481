"""The units whose figures a person may see, and the movements and years they have."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from people.holdings import paths
from people.models import Unit, User
from people.models.unit import UnitKind
from workflow.models import Movement
from workflow.queries import below

SEEING = ("see_dossiers", "see_registered")
ENTERING = "enter_targets"


@dataclass(frozen=True)
class Sight:
    """What somebody oversees today, as subtrees."""

    seen: tuple[str, ...]
    entered: tuple[str, ...]

    @classmethod
    def of(cls, user: User, today: date) -> "Sight":
        return cls(tuple(paths(user, today, *SEEING)), tuple(paths(user, today, ENTERING)))

    @property
    def units(self) -> QuerySet[Unit]:
        return Unit.objects.filter(below(list(self.seen), ""))

    @property
    def tops(self) -> list[Unit]:
        """Where to begin: the units that lie below no other one of theirs, highest first."""
        tops = [
            one
            for one in self.seen
            if not any(one != up and one.startswith(up) for up in self.seen)
        ]
        return sorted(
            Unit.objects.filter(path__in=tops), key=lambda unit: (len(unit.line), unit.pk)
        )

    def may_see(self, unit: Unit) -> bool:
        return unit.path.startswith(self.seen)

    def may_enter(self, unit: Unit) -> bool:
        return unit.path.startswith(self.entered)


def movements_over(unit: Unit) -> list[Movement]:
    """The movements in which a school or department takes part, newest first."""
    found = Movement.objects.filter(unit__in=unit.line).order_by("-starts_on", "-pk")
    return list(found.prefetch_related("rounds"))


def years_of(movement: Movement, today: date) -> list[int]:
    """Those that have begun, newest first: what is not yet there cannot be reached."""
    years = {round_.year for round_ in movement.rounds.all() if round_.year <= today.year}
    return sorted(years, reverse=True)


def newest_movements(schools: list[Unit], year: int) -> dict[Unit, Movement]:
    """Of each school the newest movement that runs in the year; schools without one are missing."""
    keys = {key for school in schools for key in school.line}
    running = Movement.objects.filter(unit__in=keys, rounds__year=year).distinct()
    newest_first = list(running.order_by("-starts_on", "-pk"))
    found = {}
    for school in schools:
        line = set(school.line)
        if movement := next((one for one in newest_first if one.unit_id in line), None):
            found[school] = movement
    return found


def is_authority(unit: Unit) -> bool:
    return unit.kind == UnitKind.AUTHORITY
