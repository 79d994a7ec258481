"""Run by `bin/races`: a race through HTTP against PostgreSQL, and what it left in the tables."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from lib.services import MANAGE
from tests.end_to_end.stack import running
from tests.races.race import race, verdict

LOCKED, UNLOCKED = "config.wsgi:application", "tests.races.unlocked:application"
EFFECTS = """
SELECT count(*) FILTER (WHERE effects <> 1), sum(effects) FROM (
  SELECT count(*) FILTER (WHERE action IN ('approve', 'return', 'reject', 'recall')) AS effects
  FROM workflow_auditentry GROUP BY initiative_id) AS by_initiative
"""


def measure(folder: Path, items: int, *, locked: bool) -> dict[str, int]:
    """Race for so many steps. `torn`: chains that break, or had not exactly one effect."""
    listed = folder / "items.json"
    seed = ("tests.races.seed", str(items), str(listed))
    application = LOCKED if locked else UNLOCKED
    with running("postgresql-redis", folder, seed=seed, application=application) as stack:
        found = verdict(race(stack.url, json.loads(listed.read_text())))
        with psycopg.connect(stack.environment["DATABASE_URL"]) as connection:
            row = connection.execute(EFFECTS).fetchone()
        verified = subprocess.run(
            [sys.executable, MANAGE, "verify_audit"],
            env=stack.environment, capture_output=True, check=False,
        )  # fmt: skip
    assert row
    return found | {"torn": int(row[0]) + verified.returncode}


def clean(result: dict[str, int]) -> bool:
    return result["one effect"] == result["steps"] and not result["other"] + result["torn"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--without-lock", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), given.items, locked=not given.without_lock)
    print(", ".join(f"{name} {count}" for name, count in result.items()))
    return 0 if clean(result) else 1


if __name__ == "__main__":
    sys.exit(main())
