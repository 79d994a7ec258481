"""What a submission changed since the one before it at the same gate."""

from collections.abc import Iterable
from typing import Any

from workflow.models import Submission


def changed(pending: Submission | None, submissions: Iterable[Submission]) -> dict[str, Any]:
    """Earlier content by name, where it differs: of fields, report sections and the measures.

    Whoever decides after a return reads what is new instead of everything again.
    """
    earlier = [one for one in submissions if pending and _precedes(one, pending)]
    if pending is None or not earlier:
        return {}
    before = _flat(max(earlier, key=lambda one: one.pk))
    return {
        name: before.get(name, "")
        for name, now in _flat(pending).items()
        if before.get(name, "") != now
    }


def _precedes(one: Submission, pending: Submission) -> bool:
    return one.gate == pending.gate and one.pk < pending.pk


def _flat(submission: Submission) -> dict[str, Any]:
    content = submission.snapshot
    sections = content.pop("report", {})
    return content | {f"report.{code}": text for code, text in sections.items()}
