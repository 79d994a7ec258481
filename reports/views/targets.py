"""Targets and indices of a unit and year; of an authority, how its schools stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import Request
from people.models import Unit
from people.models.unit import UnitKind
from reports.overseen import (
    Sight,
    is_authority,
    movements_over,
    newest_movements,
    years_of,
)
from reports.ratios import ratios
from reports.target_table import target_table
from reports.targets import Line, sheets, tally
from reports.views.answers import file_answer
from workflow.deadlines import local_day
from workflow.models import Audience, Computed, Movement, Round

PAGE = 50


@require_safe
@login_required
def targets(request: Request) -> HttpResponse:
    sight = Sight.of(request.user, local_day(request.now))
    tops = sight.tops
    unit = _unit(request, sight, tops)
    if unit is None:
        return render(request, "reports/targets_none.html")
    up = unit.parent if unit.parent and sight.may_see(unit.parent) else None
    page: dict[str, Any] = {"unit": unit, "up": up, "tops": tops if len(tops) > 1 else ()}
    if is_authority(unit):
        return _of_authority(request, unit, page)
    return _of_unit(request, unit, page | {"may_enter": sight.may_enter(unit)})


def _unit(request: Request, sight: Sight, tops: list[Unit]) -> Unit | None:
    """The unit asked for, else the highest that the person oversees."""
    asked = request.GET.get("unit", "")
    if not asked:
        return tops[0] if tops else None
    found = sight.units.select_related("parent").filter(pk=asked) if asked.isdecimal() else ()
    if not found:
        raise Http404
    return found[0]


def _of_unit(request: Request, unit: Unit, page: dict[str, Any]) -> HttpResponse:
    chosen = choice(request, unit)
    if chosen is None:
        return render(request, "reports/targets_none.html", page)
    lines = sheets({unit: chosen.movement}, chosen.year, request.now)[unit.pk]
    children = list(unit.children.filter(kind=UnitKind.DEPARTMENT).order_by("name"))
    movements = dict.fromkeys(children, chosen.movement)
    below = sheets(movements, chosen.year, request.now) if children else {}
    page |= {
        "movements": chosen.movements, "movement": chosen.movement,
        "years": chosen.years, "year": chosen.year,
        "parts": _parts(lines), "tally": tally(lines),
        "children": [_child(one, below[one.pk]) for one in children],
    }  # fmt: skip
    return render(request, "reports/targets.html", page)


@dataclass(frozen=True)
class Choice:
    """Which movement and year of a unit is looked at, among those there are."""

    movements: list[Movement]
    movement: Movement
    years: list[int]
    year: int


def choice(request: Request, unit: Unit) -> Choice | None:
    """What was asked for, else the newest; None where nothing has begun."""
    today = local_day(request.now)
    movements = [one for one in movements_over(unit) if years_of(one, today)]
    if not movements:
        return None
    asked = request.GET.get("movement")
    movement = next((one for one in movements if str(one.pk) == asked), movements[0])
    years = years_of(movement, today)
    return Choice(movements, movement, years, _year(request, years))


@require_safe
@login_required
def as_file(request: Request, form: str) -> HttpResponse:
    """The lines of one unit as a table."""
    sight = Sight.of(request.user, local_day(request.now))
    unit = _unit(request, sight, sight.tops)
    chosen = choice(request, unit) if unit and not is_authority(unit) else None
    if unit is None or chosen is None:
        raise Http404
    lines = sheets({unit: chosen.movement}, chosen.year, request.now)[unit.pk]
    table = target_table(unit, chosen.year, lines)
    content = table.as_xlsx() if form == "xlsx" else table.as_csv()
    return file_answer(content, f"chi-tieu-{unit.pk}-{chosen.year}.{form}", form)


def _year(request: Request, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    return next((year for year in years if str(year) == asked), years[0])


def _parts(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """In the order of the plan, what has no lines left out."""
    parts = [
        (str(audience.label), [one for one in lines if one.target.audience == audience])
        for audience in Audience
    ]
    return [(label, found) for label, found in parts if found]


def _child(unit: Unit, lines: Iterable[Line]) -> dict[str, Any]:
    lines = list(lines)
    computed = {line.target.computed: line for line in lines if line.target.computed}
    return {
        "unit": unit,
        "tally": tally(lines),
        "computed": [computed.get(one) for one in Computed],
    }


def _of_authority(request: Request, unit: Unit, page: dict[str, Any]) -> HttpResponse:
    today = local_day(request.now)
    rounds = Round.objects.filter(movement__unit__path__startswith=unit.path, year__lte=today.year)
    years = sorted(set(rounds.order_by().values_list("year", flat=True)), reverse=True)
    if not years:
        return render(request, "reports/targets_none.html", page)
    year = _year(request, years)
    schools = Unit.objects.filter(kind=UnitKind.SCHOOL, path__startswith=unit.path)
    shown = Paginator(schools.order_by("name"), PAGE).get_page(request.GET.get("page"))
    rows = _schools(list(shown), year, request)
    sums = ratios([unit], None, year, request.now)[unit.pk]
    page |= {
        "years": years, "year": year, "page": shown, "rows": rows,
        "query": f"unit={unit.pk}&year={year}",
        "sums": [(one.label, sums[one]) for one in Computed],
    }  # fmt: skip
    return render(request, "reports/targets_schools.html", page)


def _schools(schools: list[Unit], year: int, request: Request) -> list[dict[str, Any]]:
    movements: dict[Unit, Movement] = newest_movements(schools, year)
    lines = sheets(movements, year, request.now) if movements else {}
    return [_child(school, lines.get(school.pk, ())) for school in schools]
