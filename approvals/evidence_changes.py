"""Which files came, went, were replaced or described anew, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

Row = dict[str, Any]
Run = tuple[str, str]
WORDS = ("caption", "result", "basis")


def evidence_runs(was: list[Row], now: list[Row]) -> list[Run]:
    """A line for each file that differs, in runs "gone" or "new"; the hash tells files apart."""
    kept = {row["sha256"] for row in was} & {row["sha256"] for row in now}
    gone = {row["name"]: row for row in was if row["sha256"] not in kept}
    lines = list(_new(now, kept, gone))
    lines += [("gone", _("Removed: %(file)s") % {"file": described(row)}) for row in gone.values()]
    lines += _reworded(was, now, kept)
    return [run for line in lines for run in (line, ("kept", "\n"))][:-1]


def described(row: Row) -> str:
    """A file in a line: name, caption, beginning of its hash."""
    words = " – ".join(filter(None, (row["name"], row["caption"])))
    return f"{words} ({row['sha256'][:12]})"


def _new(now: list[Row], kept: set[str], gone: dict[str, Row]) -> Iterator[Run]:
    for row in now:
        if row["sha256"] in kept:
            continue
        if before := gone.pop(row["name"], None):
            values = {"file": described(row), "hash": before["sha256"][:12]}
            yield "new", _("Replaced: %(file)s, before %(hash)s") % values
        else:
            yield "new", _("Added: %(file)s") % {"file": described(row)}


def _reworded(was: list[Row], now: list[Row], kept: set[str]) -> Iterator[Run]:
    """The same bytes under another name or caption."""
    before = {row["sha256"]: row for row in was}
    for row in now:
        if row["sha256"] in kept and row != before[row["sha256"]]:
            yield "new", _("Described anew: %(file)s") % {"file": described(row)}
