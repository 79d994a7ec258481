"""What a submission freezes: the dossier as plain data, in one fixed shape."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet

from people.joined import joined, rows
from people.prepared import Prepared
from workflow.models import Authorship, Evidence, Gate, Initiative, Measure

FIELDS = (
    "code",
    "kind",
    "scope",
    "title",
    "field",
    "current_state",
    "solution",
    "expected_results",
)
FILE = ("name", "sha256", "size", "kind", "caption", "result", "basis")
MEASURE = ("indicator", "unit", "before", "after", "evidence")
FIGURES = ("before", "after")
PLACES = Decimal("0.01")


class Rows(NamedTuple):
    """What belongs to the dossier besides its own row: authors and files as lists of columns."""

    authors: list[list[Any]]
    measures: list[dict[str, str]]
    files: list[list[Any]]


def snapshot(initiative: Initiative, gate: str) -> dict[str, Any]:
    """The registration part always; the report and its measures from the report gate on. The
    school's report has a shape of its own.
    """
    return _content(initiative, gate, _rows(initiative))


def submitted(initiative: Initiative, gate: str) -> dict[str, Any]:
    """What is frozen at a gate: the dossier with its files."""
    found = _rows(initiative)
    return _content(initiative, gate, found) | _evidence(found)


def report_part(initiative: Initiative) -> dict[str, Any]:
    """What the report adds: its sections, and the measures as they are stored."""
    return _report(initiative, _rows(initiative))


def measure_part(measures: Iterable[Measure]) -> list[dict[str, str]]:
    """Measures that are not stored yet, as they will be."""
    return [_measure([getattr(one, name) for name in MEASURE]) for one in measures]


def evidence(initiative: Initiative) -> dict[str, Any]:
    """The files of the dossier by the hash of their bytes; nothing when there are none."""
    return _evidence(_rows(initiative))


def _content(initiative: Initiative, gate: str, found: Rows) -> dict[str, Any]:
    if gate == Gate.YEARLY:
        return _school_report(initiative, found)
    content: dict[str, Any] = {name: getattr(initiative, name) for name in FIELDS}
    content["unit"] = initiative.unit_id
    content["lead"] = initiative.lead_id
    content["authors"] = _authors(found)
    return content if gate == Gate.REGISTER else content | _report(initiative, found)


def _school_report(initiative: Initiative, found: Rows) -> dict[str, Any]:
    """The general sections, and the solutions as they were gathered: each names the submission it
    was taken from by its hash.
    """
    return {
        "code": initiative.code,
        "title": initiative.title,
        "unit": initiative.unit_id,
        "movement": initiative.movement_id,
        "year": initiative.school_report.year,
        "report": initiative.report,
        "solutions": initiative.school_report.solutions,
        "authors": _authors(found),
    }


def _authors(found: Rows) -> list[dict[str, int]]:
    return [{"user": user, "share": share} for user, share in found.authors]


def _report(initiative: Initiative, found: Rows) -> dict[str, Any]:
    return {
        "report": initiative.report,
        "measures": found.measures,
    }


def _evidence(found: Rows) -> dict[str, Any]:
    files = [dict(zip(FILE, file, strict=True)) for file in found.files]
    return {"evidence": files} if files else {}


def _rows(initiative: Initiative) -> Rows:
    """By one statement. Each kind of row has one order: the hash is taken of it."""
    ((authors, measures, files),) = _joined(initiative=initiative.pk)
    return Rows(
        sorted(rows(authors)),
        [_measure(measure[1:]) for measure in sorted(rows(measures))],
        [file[1:] for file in sorted(rows(files))],
    )


def _measure(values: list[Any]) -> dict[str, str]:
    """Figures with all their decimals, whatever the database keeps them as."""
    return {
        name: str(_figure(value) if name in FIGURES else value)
        for name, value in zip(MEASURE, values, strict=True)
    }


def _figure(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(PLACES)


@Prepared
def _joined(initiative: int) -> QuerySet[Any]:
    here = {"initiative": OuterRef("pk")}
    found = Initiative.dossiers.filter(pk=initiative).order_by()
    return found.annotate(
        author_rows=joined(Authorship.objects.filter(**here), "user_id", "share"),
        measure_rows=joined(Measure.objects.filter(**here), "pk", *MEASURE),
        file_rows=joined(Evidence.objects.of_dossier().filter(**here), "pk", *FILE),
    ).values_list("author_rows", "measure_rows", "file_rows")
