"""What a submission freezes: the dossier as plain data, in one fixed shape."""

from typing import Any

from django.db.models import QuerySet

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


def snapshot(initiative: Initiative, gate: str) -> dict[str, Any]:
    """The registration part always; the report and its measures from the report gate on. The
    school's report has a shape of its own.
    """
    if gate == Gate.YEARLY:
        return school_report(initiative)
    content: dict[str, Any] = {name: getattr(initiative, name) for name in FIELDS}
    content["unit"] = initiative.unit_id
    content["lead"] = initiative.lead_id
    content["authors"] = [
        {"user": user, "share": share} for user, share in _authors(initiative=initiative.pk)
    ]
    if gate != Gate.REGISTER:
        content |= report_part(initiative)
    return content


def school_report(initiative: Initiative) -> dict[str, Any]:
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
        "authors": [
            {"user": user, "share": share} for user, share in _authors(initiative=initiative.pk)
        ],
    }


def report_part(initiative: Initiative) -> dict[str, Any]:
    """What the report adds: its sections, and the measures as they are stored."""
    measures = _measures(initiative=initiative.pk)
    return {
        "report": initiative.report,
        "measures": [dict(zip(MEASURE, map(str, measure), strict=True)) for measure in measures],
    }


def evidence(initiative: Initiative) -> dict[str, Any]:
    """The files of the dossier by the hash of their bytes; nothing when there are none."""
    files = [dict(zip(FILE, file, strict=True)) for file in _files(initiative=initiative.pk)]
    return {"evidence": files} if files else {}


@Prepared
def _authors(initiative: int) -> QuerySet[Any]:
    authors = Authorship.objects.filter(initiative=initiative).order_by("user_id")
    return authors.values_list("user_id", "share")


@Prepared
def _measures(initiative: int) -> QuerySet[Any]:
    measures = Measure.objects.filter(initiative=initiative).order_by("pk")
    return measures.values_list(*MEASURE)


@Prepared
def _files(initiative: int) -> QuerySet[Any]:
    files = Evidence.objects.of_dossier().filter(initiative=initiative).order_by("pk")
    return files.values_list(*FILE)
