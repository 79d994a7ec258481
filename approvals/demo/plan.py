"""The movements of the demo: the school's real plan, and one of the same shape around today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from approvals.demo.people import Staff, read
from notifications.default_ladder import give_default_ladder
from people.roles import Role
from workflow.default_routes import give_default_routes
from workflow.default_targets import give_default_indices
from workflow.models import (
    Asks,
    Base,
    Criterion,
    Gate,
    LegalBasis,
    Level,
    Movement,
    Quorum,
    ReportSection,
    Round,
    Route,
    Target,
)

LAUNCH = date(2023, 8, 17)
END = date(2025, 12, 31)
LATEST = date(2097, 12, 31)
"""A movement of three years that follows still lies within the table of holidays, up to 2100."""
CODE = "CCHC"
RUN_BEFORE, REGISTER_WITHIN, REPORT_WITHIN = timedelta(60), timedelta(8), timedelta(75)

COUNCIL_VOTES: tuple[dict[str, Any], ...] = (
    {
        "position": 1, "role": Role.COUNCIL, "level": Level.SCHOOL, "asks": Asks.BOTH,
        "quorum": Quorum.ALL, "threshold": 70, "base": Base.PRESENT, "attendance": 66,
        "pass_mark": 70, "working_days": 5,
    },
    {
        "position": 2, "role": Role.PRINCIPAL, "level": Level.SCHOOL, "asks": Asks.GRADE,
        "working_days": 3, "same_person": True,
    },
)  # fmt: skip
"""The following movement: the whole council scores and votes."""


@dataclass(frozen=True)
class Plan:
    """A movement and, by year, the round in which its initiatives register."""

    movement: Movement
    rounds: dict[int, Round]


def real_plan(staff: Staff) -> Plan:
    """Section II.3 of the plan. It dates registration in 2023 alone; later years open early."""
    movement = _movement(staff, CODE, read("movement")["name"], LAUNCH, END)
    rounds = _first_year(movement, LAUNCH, date(2023, 8, 25), date(2023, 10, 31))
    for year, opens_on in ((2024, date(2024, 2, 19)), (2025, date(2025, 1, 6))):
        rounds[year] = _whole_year(movement, year, opens_on)
    return Plan(movement, rounds)


def following_plan(staff: Staff, as_of: date) -> Plan:
    """Its first year surrounds `as_of`: registered two months ago, to be reported in two weeks."""
    launch = as_of - RUN_BEFORE
    name = read("movement")["name_next"].format(first=launch.year, last=launch.year + 2)
    end = date(launch.year + 2, 12, 31)
    movement = _movement(staff, f"{CODE}{launch:%y}", name, launch, end)
    Route.objects.add_version(movement, Gate.EVALUATE, COUNCIL_VOTES)
    rounds = _first_year(movement, launch, launch + REGISTER_WITHIN, launch + REPORT_WITHIN)
    for year in (launch.year + 1, launch.year + 2):
        rounds[year] = _whole_year(movement, year, date(year, 2, 1))
    return Plan(movement, rounds)


def _movement(staff: Staff, code: str, name: str, first: date, last: date) -> Movement:
    content = read("movement")
    movement = Movement.objects.create(
        unit=staff.school, code=code, name=name, purpose=content["purpose"],
        starts_on=first, ends_on=last,
    )  # fmt: skip
    LegalBasis.objects.bulk_create(_rows(LegalBasis, movement, content["legal_bases"]))
    Target.objects.bulk_create(_rows(Target, movement, content["targets"]))
    ReportSection.objects.bulk_create(
        _rows(ReportSection, movement, _numbered(content["report_sections"]))
    )
    Criterion.objects.bulk_create(_rows(Criterion, movement, _numbered(content["criteria"])))
    give_default_routes(movement)
    give_default_ladder(movement)
    give_default_indices(movement)
    return movement


def _rows(model: Any, movement: Movement, rows: list[dict[str, Any]]) -> list[Any]:
    return [model(movement=movement, **row) for row in rows]


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": position, **row} for position, row in enumerate(rows, start=1)]


def _first_year(
    movement: Movement, launch: date, register_before: date, report_before: date
) -> dict[int, Round]:
    """Two rounds: the first registers, the second implements and reports."""
    year = launch.year
    first = Round.objects.create(
        movement=movement, year=year, number=1, name="Đợt 1", opens_on=launch,
        register_before=register_before,
    )  # fmt: skip
    Round.objects.create(
        movement=movement, year=year, number=2, name="Đợt 2", opens_on=register_before,
        implement_from=register_before, report_before=report_before,
    )  # fmt: skip
    return {year: first}


def _whole_year(movement: Movement, year: int, opens_on: date) -> Round:
    return Round.objects.create(
        movement=movement, year=year, number=1, name="Cả năm", opens_on=opens_on,
        implement_from=opens_on, report_before=date(year, 10, 31),
    )  # fmt: skip
