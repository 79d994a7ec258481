"""What a submission changed since the one before it at the same gate."""

from collections.abc import Iterable
from typing import Any

from workflow.models import Submission


def changed(pending: Submission | None, submissions: Iterable[Submission]) -> dict[str, Any]:
    """Earlier content by name, where it differs: of fields, report sections and the measures.

    Whoever decides after a return reads what is new instead of everything again.
    """
    if pending is None or (before := preceding(pending, submissions)) is None:
        return {}
    return {name: was for name, (was, _now) in differences(before, pending).items()}


def preceding(one: Submission, submissions: Iterable[Submission]) -> Submission | None:
    """The last submission before this one at the same gate."""
    earlier = [other for other in submissions if _precedes(other, one)]
    return max(earlier, key=lambda other: other.pk, default=None)


def differences(before: Submission, after: Submission) -> dict[str, tuple[Any, Any]]:
    """What each said, by name, where they differ."""
    was, now = _flat(before), _flat(after)
    names = (name for name in now if was.get(name, "") != now[name])
    return {name: (was.get(name, ""), now[name]) for name in names}


def _precedes(one: Submission, pending: Submission) -> bool:
    return one.gate == pending.gate and one.pk < pending.pk


def _flat(submission: Submission) -> dict[str, Any]:
    content = submission.snapshot
    sections = content.pop("report", {})
    return content | {f"report.{code}": text for code, text in sections.items()}
