"""The first page of the worklist with its count, at 100,000 and 1,000,000 initiatives.

Run by `bin/bench worklist`. The floor is the same answer by two prepared statements that know the
person's posts beforehand; ours finds them out, keeps authors from their own dossiers and builds
what the page shows.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import psycopg  # noqa: E402 (Django must be set up first)

from approvals.worklist import waiting  # noqa: E402
from benchmarks.authority import CURRENT, found, grow  # noqa: E402
from people.models import Membership, User  # noqa: E402
from people.roles import Role  # noqa: E402
from workflow.deadlines import local_day  # noqa: E402

ROUNDS = 60
PEOPLE = (Role.HEAD, Role.PRINCIPAL, Role.TEACHER)
TARGET, TARGET_GROWTH = 4.0, 1.5
MINE = """
FROM workflow_workitem w WHERE w.closed_at IS NULL AND (w.person_id = %(person)s
  OR (w.unit_id = %(unit)s AND w.role = %(role)s AND w.person_id IS NULL))
  AND NOT (w.person_id IS NULL AND EXISTS (SELECT 1 FROM workflow_authorship a
    WHERE a.initiative_id = w.initiative_id AND a.user_id = %(person)s))
"""
COUNT = f"SELECT count(*) {MINE}"
ROWS = f"""
SELECT w.*, i.code, i.title, u.short_name, p.full_name, s.gate, s.route
FROM (SELECT w.* {MINE} ORDER BY w.due_at, w.id LIMIT 25) w
JOIN workflow_initiative i ON i.id = w.initiative_id JOIN people_unit u ON u.id = i.unit_id
JOIN people_user p ON p.id = i.lead_id LEFT JOIN workflow_submission s ON s.id = w.submission_id
ORDER BY w.due_at, w.id
"""


def floor(raw: psycopg.Connection, membership: Membership) -> Callable[[], int]:
    facts = {
        "person": membership.user_id, "unit": membership.unit_id, "role": membership.role,
    }  # fmt: skip

    def ask() -> int:
        with raw.cursor() as cursor:
            row = cursor.execute(COUNT, facts).fetchone()
            cursor.execute(ROWS, facts).fetchall()
        return int(row[0]) if row else 0

    return ask


def ours(membership: Membership) -> Callable[[], int]:
    from django.utils import timezone

    today = local_day(timezone.now())

    def ask() -> int:
        user = User.objects.get(pk=membership.user_id)
        return int(waiting(user, today, None).page.paginator.count)

    return ask


def measure() -> dict[str, dict[str, float]]:
    """Milliseconds by person: medians of rounds taken in turns, so that noise meets both alike."""
    result = {}
    with psycopg.connect(os.environ["DATABASE_URL"], prepare_threshold=1, autocommit=True) as raw:
        for role in PEOPLE:
            membership = Membership.objects.filter(role=role).earliest("pk")
            variants = {"floor": floor(raw, membership), "ours": ours(membership)}
            counts = {name: ask() for name, ask in variants.items()}
            assert len(set(counts.values())) == 1, counts
            times: dict[str, list[float]] = {name: [] for name in variants}
            for _round in range(ROUNDS):
                for name, ask in variants.items():
                    begin = time.perf_counter()
                    ask()
                    times[name].append((time.perf_counter() - begin) * 1000)
            spent = {name: round(statistics.median(taken), 3) for name, taken in times.items()}
            ratio = round(spent["ours"] / spent["floor"], 2)
            result[str(role)] = spent | {"ratio": ratio, "waiting": counts["ours"]}
    return result


def compare(size: int) -> dict[str, object]:
    movement, round_ = found()
    small = min(CURRENT, size)
    grow(movement, round_, 0, small)
    before = measure()
    if size > small:
        grow(movement, round_, small, size)
    after = measure()
    return {
        "floor": after["head"]["floor"],
        "ours": after["head"]["ours"],
        "ratio_to_floor": after["head"]["ratio"],
        "slower": {role: round(after[role]["ours"] / before[role]["ours"], 2) for role in after},
        f"at_{small}": before,
        f"at_{size}": after,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--initiatives", type=int, default=1_000_000)
    given = parser.parse_args()
    result = compare(given.initiatives)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:16} {value}")
    print(f"targets          head, principal ≤ {TARGET} × the floor, ≤ {TARGET_GROWTH} × slower")


if __name__ == "__main__":
    main()
