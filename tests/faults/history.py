"""What was promised and what was seen, one JSON line each, and the verdict over both.

A line has `what` (mail, rung, change), `id`, `type` and `at` (seconds since 1970). Types as in
Jepsen: `invoke` (begun), `ok` (promised), `fail` (refused, must have no effect), `unknown` (no
answer: may or may not have one); and `seen`, an effect that was found.
"""

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class History:
    """Many threads write to it; `verdict` reads the file back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def add(self, what: str, type_: str, key: str, at: float | None = None) -> None:
        line = {"what": what, "type": type_, "id": key, "at": at or time.time()}
        with self._lock:
            self._file.write(json.dumps(line) + "\n")

    def verdict(self, what: str) -> "Verdict":
        with self._lock:
            self._file.flush()
        with self.path.open(encoding="utf-8") as lines:
            return classify(line for line in map(json.loads, lines) if line["what"] == what)


@dataclass(frozen=True)
class Verdict:
    """Ids. A `doubled` one counts each effect beyond the first."""

    promised: int
    lost: frozenset[str]
    doubled: Counter[str]
    unexpected: frozenset[str]

    def __str__(self) -> str:
        return (
            f"{self.promised} promised, lost {len(self.lost)}, "
            f"doubled {self.doubled.total()}, unexpected {len(self.unexpected)}"
        )

    def holds(self, *, doubles: int = 0) -> bool:
        return not self.lost and not self.unexpected and self.doubled.total() <= doubles


def classify(lines: Iterable[dict[str, str]]) -> Verdict:
    types: dict[str, set[str]] = defaultdict(set)
    seen: Counter[str] = Counter()
    for line in lines:
        if line["type"] == "seen":
            seen[line["id"]] += 1
        else:
            types[line["id"]].add(line["type"])
    promised = {key for key, known in types.items() if "ok" in known}
    possible = promised | {key for key, known in types.items() if "fail" not in known}
    return Verdict(
        promised=len(promised),
        lost=frozenset(promised - seen.keys()),
        doubled=Counter({key: count - 1 for key, count in seen.items() if count > 1}),
        unexpected=frozenset(seen.keys() - possible),
    )
