"""What the school's report gathers: one block of plain data for each initiative that reported."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from people.models import User
from workflow.models import REPORTED, Gate, Initiative, State, Submission

MISSING = (State.REGISTERED, State.IN_PROGRESS)
"""What has still to report."""
FILE = ("name", "caption", "result", "sha256")


def solutions(movement: int, year: int) -> list[dict[str, Any]]:
    """A block for each, in the words that were verified: taken from the submission that passed,
    whose hash it names, and not from the fields as they are now.
    """
    verified = Submission.objects.passed(Gate.REPORT)
    rows = of_year(movement, year).filter(state__in=REPORTED).select_related("unit")
    passed = [
        (one, list(one.submissions.all())[-1])
        for one in rows.prefetch_related(Prefetch("submissions", verified))
        if one.submissions.all()
    ]
    found = [(one, last.snapshot, last.content_hash) for one, last in passed]
    names = User.objects.in_bulk(
        {author["user"] for _one, content, _hash in found for author in content["authors"]}
    )
    return [_block(one, content, names) | {"submission": hash_} for one, content, hash_ in found]


def of_year(movement: int, year: int) -> Any:
    """The initiatives of the year in the order of documents."""
    rows = Initiative.objects.filter(movement=movement, round__year=year)
    return rows.order_by("unit__name", "code")


def _block(one: Initiative, content: dict[str, Any], names: dict[int, User]) -> dict[str, Any]:
    written = {code: text for code, text in content["report"].items() if text.strip()}
    authors = sorted(content["authors"], key=lambda author: -author["share"])
    return {
        "initiative": one.pk,
        "code": one.code,
        "title": content["title"],
        "kind": content["kind"],
        "unit": one.unit.name,
        "authors": [
            {"name": names[author["user"]].full_name, "share": author["share"]}
            for author in authors
        ],
        "current_state": content["current_state"],
        "report": {"solution": content["solution"]} | written,
        "measures": content["measures"],
        "evidence": [{name: file[name] for name in FILE} for file in content.get("evidence", ())],
    }


@dataclass(frozen=True)
class Renewal:
    """What gathering again would change: titles of initiatives."""

    added: list[str]
    gone: list[str]
    changed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def renewal(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Renewal:
    was, now = ({one["initiative"]: one for one in blocks} for blocks in (before, after))
    return Renewal(
        added=[one["title"] for key, one in now.items() if key not in was],
        gone=[one["title"] for key, one in was.items() if key not in now],
        changed=[one["title"] for key, one in now.items() if key in was and was[key] != one],
    )
