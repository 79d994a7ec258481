"""Two schools below one Sở, with a row of every kind that has a page for administrators."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.forms.models import model_to_dict
from django.urls import reverse

from people.models import Absence, Delegation, Membership, Unit, User
from people.roles import Role
from reports.models import Letterhead
from tests.world import World
from workflow.models import GradeBand, Movement

OPERATOR = "operator"
BY_WHOM = [("administrator", False), (OPERATOR, True)]
"""Who asks, and whether they get the other school's. The operator is the control: without a bound,
the row is there to be changed."""
BEGAN = date(2025, 1, 1)
DAYS = {"starts_on": BEGAN, "ends_on": date(2099, 1, 1), "reason": "Ốm"}


@dataclass
class School:
    unit: Unit
    principal: User
    teacher: User
    rows: dict[str, Any]


def person(address: str, *offices: tuple[Unit, Role]) -> User:
    made = User.objects.create_user(f"{address}@example.test", full_name=address.title())
    for unit, role in offices:
        Membership.objects.create(user=made, unit=unit, role=role, starts_on=BEGAN)
    return made


def school(unit: Unit, name: str) -> School:
    """One row of each kind, by the label of its model."""
    principal = person(f"principal-{name}", (unit, Role.PRINCIPAL))
    teacher = person(f"teacher-{name}", (unit, Role.TEACHER))
    lent = {"unit": unit, "delegator": principal, "delegate": teacher, "role": Role.PRINCIPAL}
    rows: list[Model] = [
        teacher,
        unit,
        Delegation.objects.create(**lent, **DAYS),
        Absence.objects.create(user=principal, **DAYS),
        Movement.objects.create(
            unit=unit, code=f"P-{name}", name=f"Phong trào {name}", starts_on=BEGAN, ends_on=BEGAN
        ),
        Letterhead.objects.create(unit=unit, abbreviation=name, place="Thành phố"),
    ]
    found = {row._meta.label: row for row in rows}
    return School(unit, principal, teacher, found)


def two_schools(world: World) -> tuple[School, School]:
    """The administrator's own, and another of the same Sở."""
    other = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    return school(world.units["school"], "own"), school(other, "foreign")


SHARED = {GradeBand._meta.label}
"""The same for all schools: everybody reads it, the operator changes it."""


def address(kind: str, page: str, *args: object) -> str:
    return reverse(f"admin:{kind.lower().replace('.', '_')}_{page}", args=args)


def posted(row, **changes) -> dict[str, object]:
    """The form of a row as a browser would send it, with empty inlines."""
    told = {name: value for name, value in model_to_dict(row).items() if value not in (None, [])}
    prefixes = ("memberships", "rounds", "targets", "criteria", "report_sections", "legal_bases")
    counts = {f"{one}-{word}_FORMS": 0 for one in prefixes for word in ("TOTAL", "INITIAL")}
    return {**told, **counts, **changes}
