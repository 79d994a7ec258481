"""What a submission freezes: the dossier as plain data, in one fixed shape."""

from typing import Any

from workflow.models import Evidence, Gate, Initiative

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


def snapshot(initiative: Initiative, gate: str) -> dict[str, Any]:
    """The registration part always; the report and its measures from the report gate on."""
    content: dict[str, Any] = {name: getattr(initiative, name) for name in FIELDS}
    content["unit"] = initiative.unit_id
    content["lead"] = initiative.lead_id
    content["authors"] = [
        {"user": author.user_id, "share": author.share}
        for author in sorted(initiative.authorships.all(), key=lambda author: author.user_id)
    ]
    if gate != Gate.REGISTER:
        content["report"] = initiative.report
        content["measures"] = [
            {
                "indicator": measure.indicator,
                "unit": measure.unit,
                "before": str(measure.before),
                "after": str(measure.after),
                "evidence": measure.evidence,
            }
            for measure in initiative.measures.all()
        ]
    return content


def evidence(initiative: Initiative) -> dict[str, Any]:
    """The files of the dossier by the hash of their bytes; nothing when there are none."""
    rows = Evidence.objects.of_dossier().filter(initiative=initiative).order_by("pk")
    files = list(rows.values("name", "sha256", "size", "kind", "caption", "result", "basis"))
    return {"evidence": files} if files else {}
