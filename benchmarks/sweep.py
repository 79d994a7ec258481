"""One sweep over 100,000 overdue items among 1,000,000 initiatives, beside the least SQL that
writes the same rows.

Run by `bin/bench sweep`. The floor is three statements in one transaction that know the default
ladder, and that its heads and principals have no delegates. Ours reads the ladder and the grants,
writes in batches that each commit, and leaves alone what another sweep holds.
"""

import argparse
import json
import os
import resource
import statistics
import time
from collections.abc import Callable
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 (Django must be set up first)
from django.utils import timezone  # noqa: E402

from benchmarks.authority import be_late, found, grow  # noqa: E402
from notifications import nudge, sweep  # noqa: E402
from notifications.default_ladder import give_default_ladder  # noqa: E402
from workflow.calendar import STATUTORY  # noqa: E402
from workflow.deadlines import latest_due  # noqa: E402

ROUNDS = 3
LATE_AMONG = 10
"""One open item is late for so many initiatives."""
TARGET = 2.0
ESCALATIONS = """
INSERT INTO notifications_escalation (work_item_id, rung_id, due_at, at)
SELECT w.id, r.id, w.due_at, %(now)s FROM workflow_workitem w
JOIN notifications_ladderrung r
  ON r.name = CASE WHEN w.due_at > %(principal)s THEN 'overdue' ELSE 'to_principal' END
WHERE w.closed_at IS NULL AND w.due_at <= %(now)s
"""
RAISED = """
UPDATE workflow_workitem w SET raised_at = %(now)s, raised_unit_id = u.parent_id,
  raised_role = 'principal', raised_because = 'late'
FROM notifications_escalation e JOIN notifications_ladderrung r ON r.id = e.rung_id AND r.raises,
  people_unit u
WHERE w.id = e.work_item_id AND u.id = w.unit_id AND w.duty = 'decide' AND w.role = 'head'
"""
MESSAGES = """
WITH late AS (
  SELECT e.id, w.id AS item, w.duty, w.due_at, w.person_id, w.unit_id, w.role, i.id AS initiative,
    i.lead_id, u.id AS own, u.parent_id AS school, u.short_name, r.name AS rung
  FROM notifications_escalation e JOIN notifications_ladderrung r ON r.id = e.rung_id
  JOIN workflow_workitem w ON w.id = e.work_item_id
  JOIN workflow_initiative i ON i.id = w.initiative_id JOIN people_unit u ON u.id = i.unit_id
), told AS (
  SELECT late.*, person_id AS person, 'overdue' AS kind FROM late
  WHERE rung = 'overdue' AND person_id IS NOT NULL
  UNION ALL
  SELECT late.*, m.user_id, 'overdue' FROM late
  JOIN people_membership m ON m.unit_id = late.unit_id AND m.role = late.role
  WHERE rung = 'overdue' AND person_id IS NULL AND m.user_id <> late.lead_id
  UNION ALL
  SELECT late.*, m.user_id, 'overdue_below' FROM late JOIN people_membership m
    ON m.unit_id = late.own AND m.role = 'head' AND m.user_id <> late.person_id
  WHERE rung = 'overdue' AND person_id IS NOT NULL
  UNION ALL
  SELECT late.*, m.user_id, 'overdue_below' FROM late JOIN people_membership m
    ON m.unit_id = late.school AND m.role = 'principal'
  WHERE rung = 'overdue' AND (late.role = 'head' OR EXISTS (SELECT 1 FROM people_membership h
    WHERE h.unit_id = late.own AND h.role = 'head' AND h.user_id = late.person_id))
  UNION ALL
  SELECT late.*, m.user_id, 'escalated' FROM late JOIN people_membership m
    ON m.unit_id = late.school AND m.role = 'principal'
  WHERE rung = 'to_principal'
)
INSERT INTO notifications_message (key, message_id, kind, recipient_id, initiative_id, facts,
  created_at, not_before, attempts, error, held)
SELECT 'rung/' || id || '/' || person, gen_random_uuid(), kind, person, initiative,
  CASE WHEN duty = 'decide' THEN jsonb_build_object('work_item', item, 'duty', duty,
      'due_at', to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
      'unit', short_name)
    ELSE jsonb_build_object('duty', duty,
      'due_at', to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
      'unit', short_name) END,
  %(now)s, %(now)s, 0, '', '' FROM told
"""
WRITTEN = """
SELECT (SELECT count(*) FROM notifications_escalation),
  (SELECT count(*) FROM notifications_message),
  (SELECT count(*) FROM workflow_workitem WHERE raised_role <> ''),
  (SELECT md5(string_agg(concat(m.kind, m.recipient_id, m.initiative_id, m.facts), ','
    ORDER BY m.initiative_id, m.recipient_id, m.kind)) FROM notifications_message m),
  (SELECT md5(string_agg(concat(e.work_item_id, r.name), ',' ORDER BY e.work_item_id))
    FROM notifications_escalation e JOIN notifications_ladderrung r ON r.id = e.rung_id)
"""
FORGET = (
    "TRUNCATE notifications_escalation, notifications_message CASCADE",
    "UPDATE workflow_workitem SET raised_at = NULL, raised_unit_id = NULL, raised_role = '', "
    "raised_because = '' WHERE raised_role <> ''",
    "VACUUM ANALYZE notifications_escalation, notifications_message, workflow_workitem",
    "CHECKPOINT",
)


def floor(now: datetime) -> None:
    principal = latest_due(now, 2, working_days=True, calendar=STATUTORY)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (ESCALATIONS, RAISED, MESSAGES):
            cursor.execute(statement, {"now": now, "principal": principal})


def ours(now: datetime) -> None:
    sweep.climb(now)


def timed(variant: Callable[[datetime], None], now: datetime) -> tuple[float, tuple[object, ...]]:
    """Seconds, and what was written."""
    with connection.cursor() as cursor:
        for statement in FORGET:
            cursor.execute(statement)
    begin = time.perf_counter()
    variant(now)
    spent = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return spent, cursor.fetchone()


def peak() -> int:
    """The most memory this process has had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(size: int) -> dict[str, object]:
    movement, round_ = found()
    give_default_ladder(movement)
    grow(movement, round_, 0, size)
    late = be_late(size // LATE_AMONG)
    now, before = timezone.now(), peak()
    spent: dict[str, list[float]] = {"floor": [], "ours": []}
    written = set()
    for _round in range(ROUNDS):
        for variant in (floor, ours):
            seconds, rows = timed(variant, now)
            spent[variant.__name__].append(seconds)
            written.add(rows)
    assert len(written) == 1, f"the two wrote different rows: {written}"
    escalations, messages, raised, *_hashes = written.pop()
    assert escalations == late
    taken = {name: statistics.median(times) for name, times in spent.items()}
    return {
        **{name: round(late / seconds) for name, seconds in taken.items()},
        "ratio_to_floor": round(taken["ours"] / taken["floor"], 2),
        "seconds": {name: [round(one, 2) for one in times] for name, times in spent.items()},
        "rss_growth_mb": round((peak() - before) / 1024, 1),
        "initiatives": size,
        "overdue_items": late,
        "messages": messages,
        "raised": raised,
        "batch": sweep.BATCH,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--initiatives", type=int, default=1_000_000)
    given = parser.parse_args()
    nudge._publish_forever = lambda: None  # there is no worker to be woken
    result = measure(given.initiatives)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:16} {value}")
    print(f"target           ours ≤ {TARGET} × the floor's time (floor, ours: items a second)")


if __name__ == "__main__":
    main()
