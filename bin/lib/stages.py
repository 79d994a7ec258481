"""What bin/test checks, in order: the quick ones first, so that a slip shows in seconds."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.environment import PYTHON, program
from lib.machine import ROOT
from lib.processes import Child, run
from lib.services import MANAGE
from lib.testbed import Testbed

PARALLEL = ("-n", "2", "--dist", "loadgroup")


@dataclass(frozen=True)
class Stage:
    name: str
    command: Sequence[str | Path]
    sqlite: bool = False

    def run(self, testbed: Testbed) -> int:
        print(f"\n=== {self.name} ===", flush=True)
        child = Child(
            self.name,
            self.command,
            testbed.environment(sqlite=self.sqlite),
            stop_signal=signal.SIGINT,  # pytest tears its fixtures down on this one alone
            death_signal=signal.SIGINT,
            patience=20,
            keyboard=True,  # for pytest --pdb
        )
        return run(child)


def pytest(*words: str, sqlite: bool = False) -> Stage:
    database = "SQLite" if sqlite else "PostgreSQL"
    return Stage(f"tests on {database}", [PYTHON, "-m", "pytest", *words], sqlite)


def all_stages() -> list[Stage]:
    return [
        Stage("format", [program("ruff"), "format", "--check", "."]),
        Stage("lint", [program("ruff"), "check", "."]),
        Stage("types", [program("mypy")]),
        Stage("import contracts", [program("lint-imports")]),
        Stage("templates: lint", [program("djlint"), "templates", "--lint"]),
        Stage("templates: format", [program("djlint"), "templates", "--check"]),
        Stage("compose file", [program("yamllint"), "--strict", "compose.yaml"]),
        Stage("image file", [program("hadolint"), ROOT / "Dockerfile"]),
        Stage("message catalogues", [ROOT / "bin" / "messages", "--check"]),
        Stage("migrations", [PYTHON, MANAGE, "makemigrations", "--check", "--dry-run"]),
        pytest(*PARALLEL),
        pytest(*PARALLEL, "-m", "both_databases and not process", sqlite=True),
        Stage("faults, quickly", [ROOT / "bin" / "faults", "--quick", "--controls", "without"]),
    ]
