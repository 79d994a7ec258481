"""What a submission changed against an earlier one, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from approvals.evidence_changes import evidence_runs
from people.models import Unit, User
from workflow.models import Initiative, Kind, ReportSection, Scope, Submission
from workflow.school_form import general_sections

MEASURE = "{indicator}: {before} → {after} {unit} ({evidence})"
REPORT = "report."
"""What the names of a report's parts begin with."""
LONGEST = 4000
"""Words up to which a comparison takes a moment; a longer text is shown before and after."""


@dataclass(frozen=True)
class Change:
    """A part of the dossier that differs: what it is called, and its words as kept, gone or new."""

    name: str
    label: str
    words: list[tuple[str, str]]


def preceding(one: Submission, submissions: Iterable[Submission]) -> Submission | None:
    """The last submission before this one at the same gate."""
    return max(earlier(one, submissions), key=lambda other: other.pk, default=None)


def earlier(one: Submission, submissions: Iterable[Submission]) -> list[Submission]:
    return [other for other in submissions if other.gate == one.gate and other.pk < one.pk]


def differences(before: Submission, after: Submission) -> dict[str, tuple[Any, Any]]:
    """What each said, by name, where they differ."""
    was, now = content_of(before), content_of(after)
    names = [*now, *(name for name in was if name not in now)]
    pairs = {name: (was.get(name, ""), now.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def changes(before: Submission, after: Submission, labels: dict[str, str]) -> list[Change]:
    """The differences in words that people use, name by name in the order of the dossier."""
    found = differences(before, after)
    return [
        Change(name, label, _runs(name, *found[name]))
        for name, label in labels.items()
        if name in found
    ]


def _runs(name: str, was: Any, now: Any) -> list[tuple[str, str]]:
    if name == "evidence":
        return evidence_runs(was or [], now or [])
    return _compare(in_words(name, was), in_words(name, now))


def content_of(submission: Submission) -> dict[str, Any]:
    """What was submitted, by the names that `labels` gives words to."""
    content = submission.snapshot
    sections = content.pop("report", {})
    return content | {f"{REPORT}{code}": text for code, text in sections.items()}


def labels(initiative: Initiative) -> dict[str, str]:
    """What people call each part of the content, in its order."""
    if initiative.is_school_report:
        return _labels_of_school_report(initiative)
    fields = {field.name: str(field.verbose_name) for field in Initiative._meta.fields}
    sections = ReportSection.objects.filter(movement=initiative.movement_id)
    return (
        fields
        | {f"{REPORT}{section.code}": str(section) for section in sections}
        | {"authors": _("authors"), "measures": _("measured results"), "evidence": _("evidence")}
    )


def _labels_of_school_report(initiative: Initiative) -> dict[str, str]:
    general = general_sections(initiative.movement_id)
    return {
        **{f"{REPORT}{section.code}": section.label for section in general},
        "solutions": _("gathered solutions"),
        "authors": _("authors"),
    }


def in_words(name: str, value: Any) -> str:
    """A part of the content as text: keys become names, rows become lines."""
    if name == "authors":
        people = User.objects.in_bulk([row["user"] for row in value or ()])
        return "\n".join(f"{people.get(row['user'], '?')}: {row['share']}%" for row in value or ())
    if name == "measures":
        return "\n".join(MEASURE.format_map(row) for row in value or ())
    if name == "solutions":
        return "\n\n".join(_solution(block) for block in value or ())
    if name in ("lead", "unit"):
        found = (User if name == "lead" else Unit).objects.filter(pk=value or 0).first()
        return str(found or "")
    for choices in (Kind, Scope):
        if name == choices.__name__.lower() and value in choices.values:
            return str(choices(value).label)
    return str(value)


def _solution(block: dict[str, Any]) -> str:
    """A gathered block as lines: title, sections, figures, files."""
    return "\n".join(
        [
            f"{block['code']} {block['title']} ({block['unit']})",
            *block["report"].values(),
            *(MEASURE.format_map(row) for row in block["measures"]),
            *(file["name"] for file in block["evidence"]),
        ]
    )


def _compare(was: str, now: str) -> list[tuple[str, str]]:
    """Runs of words, each "kept", "gone" or "new"."""
    old, new = re.findall(r"\S+|\s+", was), re.findall(r"\S+|\s+", now)
    if max(len(old), len(new)) > LONGEST:
        return [("gone", was), ("new", now)]
    runs: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("kept", "".join(old[a:b])))
            continue
        runs += [("gone", "".join(old[a:b]))] * (b > a) + [("new", "".join(new[c:d]))] * (d > c)
    return runs
