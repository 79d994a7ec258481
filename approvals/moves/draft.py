"""Writing: the draft and the report. Saving what is already there changes nothing."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.refusal import Refusal, Refused
from people.rows import Insert, store
from workflow.models import Authorship, Gate, Initiative, Measure
from workflow.snapshot import measure_part, report_part, snapshot

EDITABLE = ("kind", "scope", "title", "field", "current_state", "solution", "expected_results")


def edit(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    before = snapshot(case.initiative, Gate.REGISTER)
    for name in EDITABLE:
        setattr(case.initiative, name, payload.get(name, getattr(case.initiative, name)))
    if "co_authors" in payload:
        _set_authors(case, shares(case.initiative.lead_id, payload["co_authors"]), before)
    return _changed(before, snapshot(case.initiative, Gate.REGISTER))


def edit_report(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    before = report_part(case.initiative)
    case.initiative.report = case.initiative.report | payload.get("sections", {})
    after = before | {"report": case.initiative.report}
    if "measures" in payload:
        rows = [Measure(initiative=case.initiative, **values) for values in payload["measures"]]
        after["measures"] = measure_part(rows)
        if after["measures"] != before["measures"]:
            if before["measures"]:
                case.initiative.measures.all().delete()
            case.changes.append(Insert(rows))
    return _changed(before, after)


def shares(lead_id: int, co_authors: list[dict[str, int]]) -> dict[int, int]:
    """Percent by author: the person in charge keeps what the co-authors leave, so that all shares
    make 100; refused when there is nothing left, or somebody has none or two.
    """
    named = {row["user"]: row["share"] for row in co_authors}
    left = 100 - sum(row["share"] for row in co_authors)
    if len(named | {lead_id: left}) <= len(co_authors):
        raise Refused(Refusal(_("An author is named twice.")))
    if min([left, *named.values()]) < 1:
        raise Refused(
            Refusal(_("All shares make 100 percent together, and each author has at least 1."))
        )
    return named | {lead_id: left}


def authorships(initiative: Initiative, percent: dict[int, int]) -> Insert:
    return Insert(
        [
            Authorship(initiative=initiative, user_id=user, share=share)
            for user, share in percent.items()
        ]
    )


def _set_authors(case: Case, percent: dict[int, int], before: dict[str, Any]) -> None:
    if percent == {author["user"]: author["share"] for author in before["authors"]}:
        return
    case.initiative.authorships.all().delete()
    store(authorships(case.initiative, percent))
    case.author_ids = set(percent)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    names = sorted(name for name in after if before.get(name) != after[name])
    return {"fields": names} if names else None
