"""What the demo's school and departments reached of their targets, entered late in each year."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from approvals.demo.days import at, working
from approvals.demo.people import Staff, read
from approvals.demo.plan import Plan
from approvals.entering import Place, enter
from people.models import Unit, User
from people.roles import Role
from workflow.models import Target

BY_DEPARTMENTS, BY_SCHOOL, CORRECTED = (11, 13), (11, 18), (11, 20)
"""Month and day."""
SPREAD = 5
"""Departments differ by up to so many percent, and none has more than all."""


def enter_results(staff: Staff, plan: Plan, until: datetime, content: str = "") -> None:
    """`content`: which rows of the data, else those of each year."""
    data = read("targets")
    targets = {target.code: target for target in plan.movement.targets.all()}
    for year in plan.rounds:
        key = content or str(year)
        for unit, person, values, day in _sheets(staff, data, key, year):
            now = at(working(day, 0), 9, unit.pk)
            for code, value in values.items() if now <= until else ():
                _enter(Place(targets[code], unit, year), person, now, value, data)
        _correct(staff, data, key, targets, year, until)


def _sheets(
    staff: Staff, data: dict[str, Any], key: str, year: int
) -> Iterator[tuple[Unit, User, dict[str, Any], date]]:
    for number, unit in enumerate(staff.departments.values()):
        head = staff.holders[unit.pk, Role.HEAD][0]
        values = data["department"].get(key, {})
        yield unit, head, _varied(values, number), date(year, *BY_DEPARTMENTS)
    clerk = staff.holders[staff.school.pk, Role.CLERK][0]
    values, mistake = data["school"].get(key, {}), data["mistake"]
    if key == mistake["year"]:
        values = values | {mistake["code"]: mistake["value"]}
    yield staff.school, clerk, values, date(year, *BY_SCHOOL)


def _varied(values: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        code: value if value in (True, "100") else str(Decimal(value) + number * 3 % SPREAD)
        for code, value in values.items()
    }


def _enter(
    place: Place, person: User, now: datetime, value: Any, data: dict[str, Any], seen: int = 0
) -> None:
    given = (
        {"met": True, "value": None} if value is True else {"met": None, "value": Decimal(value)}
    )
    proof = data["proofs"].get(place.target.code, "")
    words = given | {"note": data["note"], "proof": proof, "initiative": None}
    enter(place, person, now, seen, words)


def _correct(
    staff: Staff, data: dict[str, Any], key: str, targets: dict[str, Target], year: int,
    until: datetime,
) -> None:  # fmt: skip
    """One figure was wrong at first, so that a history is there to be read."""
    mistake = data["mistake"]
    now = at(working(date(year, *CORRECTED), 0), 14, 0)
    if key != mistake["year"] or now > until:
        return
    place = Place(targets[mistake["code"]], staff.school, year)
    clerk = staff.holders[staff.school.pk, Role.CLERK][0]
    corrected = data | {"note": mistake["note"]}
    _enter(place, clerk, now, data["school"][key][mistake["code"]], corrected, seen=1)
