"""How many files each part has, and how large they will be, before anything is made."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Length

from reports.exporting.official import documents, lists, signed
from reports.exporting.scope import Scope
from reports.models.export import Part
from workflow.models import REPORTED, Evidence

PDF, DOCX, XLSX, RECORD = 45_000, 45_000, 10_000, 20_000
"""Bytes of one, as the demo has them; what is kept already is measured."""


@dataclass(frozen=True)
class Estimate:
    part: Part
    count: int
    size: int


def estimates(scope: Scope) -> list[Estimate]:
    """Of every part, in order, whether it is wanted or not; only of the initiatives at hand."""
    return [Estimate(part, *COUNTS[part](scope)) for part in scope.possible]


def total(scope: Scope) -> Estimate:
    wanted = [one for one in estimates(scope) if one.part in scope.parts]
    return Estimate(
        Part.DOCUMENTS, sum(one.count for one in wanted), sum(one.size for one in wanted)
    )


def evidence(scope: Scope) -> QuerySet[Evidence]:
    return Evidence.objects.of_dossier().filter(initiative__in=scope.initiatives)


def _documents(scope: Scope) -> tuple[int, int]:
    issued = documents(scope).aggregate(count=Count("pk"), size=Sum(Length("pdf")))
    back = signed(scope).aggregate(count=Count("pk"), size=Sum(Length("content")))
    sheets = len(lists(scope))
    size = (issued["size"] or 0) + issued["count"] * DOCX + (back["size"] or 0) + sheets * XLSX
    return issued["count"] * 2 + back["count"] + sheets, size


def _reports(scope: Scope) -> tuple[int, int]:
    count = scope.initiatives.filter(state__in=REPORTED).count()
    return count * 2, count * (PDF + DOCX)


def _records(scope: Scope) -> tuple[int, int]:
    count = scope.initiatives.count()
    return count, count * RECORD


def _evidence(scope: Scope) -> tuple[int, int]:
    found = evidence(scope).aggregate(count=Count("pk"), size=Sum("size"))
    return found["count"], found["size"] or 0


COUNTS: dict[str, Callable[[Scope], tuple[int, int]]] = {
    Part.DOCUMENTS: _documents,
    Part.REPORTS: _reports,
    Part.RECORDS: _records,
    Part.EVIDENCE: _evidence,
}
