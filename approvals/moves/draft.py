"""Writing: the draft and the report. Saving what is already there changes nothing."""

from typing import Any

from approvals.case import Case
from workflow.models import Authorship, Gate, Measure
from workflow.snapshot import snapshot

EDITABLE = ("kind", "scope", "title", "field", "current_state", "solution", "expected_results")


def edit(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    before = snapshot(case.initiative, Gate.REGISTER)
    for name in EDITABLE:
        setattr(case.initiative, name, payload.get(name, getattr(case.initiative, name)))
    if "co_authors" in payload:
        set_authors(case, payload["co_authors"])
    return _changed(before, snapshot(case.initiative, Gate.REGISTER))


def edit_report(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    before = snapshot(case.initiative, Gate.REPORT)
    case.initiative.report = case.initiative.report | payload.get("sections", {})
    if "measures" in payload:
        case.initiative.measures.all().delete()
        Measure.objects.bulk_create(
            Measure(initiative=case.initiative, **measure) for measure in payload["measures"]
        )
    return _changed(before, snapshot(case.initiative, Gate.REPORT))


def set_authors(case: Case, co_authors: list[dict[str, int]]) -> None:
    """The person in charge keeps the share that the co-authors leave."""
    shares = {row["user"]: row["share"] for row in co_authors}
    shares[case.initiative.lead_id] = 100 - sum(row["share"] for row in co_authors)
    if shares == {row.user_id: row.share for row in case.initiative.authorships.all()}:
        return
    case.initiative.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(initiative=case.initiative, user_id=user, share=share)
        for user, share in shares.items()
    )
    case.author_ids = set(shares)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    names = sorted(name for name in after if before.get(name) != after[name])
    return {"fields": names} if names else None
