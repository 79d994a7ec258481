"""Which rung of the ladder is due for which work item: one statement, by which the sweep writes
and the dry run reads.

An item gets the highest rung whose moment has come, once: after an outage it is told where it
stands, not every step it missed. A rung whose moment lay before the item was opened is left out,
or a task of three days would be announced and reminded in one minute.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.models import LadderRung
from people.dialect import instant, word
from workflow.deadlines import latest_due
from workflow.models import Duty


@dataclass(frozen=True)
class Moments:
    """For each distinct offset the latest due time whose moment has come, as a table of values."""

    sql: str
    values: dict[str, Any]


def moments(now: datetime) -> Moments | None:
    """None while nobody has a ladder. Retired rungs count: what they told is not told again."""
    offsets = LadderRung.objects.order_by().values_list("offset", "working_days").distinct()
    rows: list[str] = []
    values: dict[str, Any] = {}
    furthest: datetime | None = None
    for number, (offset, working) in enumerate(sorted(offsets)):
        reached = latest_due(now, offset, working_days=working)
        furthest = max(furthest or reached, reached)
        rows.append(f"(%(days_{number})s, %(working_{number})s, %(reached_{number})s)")
        values |= {
            f"days_{number}": offset,
            f"working_{number}": working,
            f"reached_{number}": instant(reached),
        }
    if furthest is None:
        return None
    values |= {"now": instant(now), "furthest": instant(furthest)}
    return Moments(", ".join(rows), values)


def reached(found: Moments, *, batch: int | None = None, movement: int | None = None) -> str:
    """CTEs that end with `found(item, rung, due_at)`: what is due, the longest overdue first.

    `batch`: so many, locked for the caller; what another sweep holds is skipped. `since` among
    the values is where an earlier batch ended.
    """
    chosen = "AND i.movement_id = %(movement)s" if movement else ""
    limit = f"LIMIT {batch} {word('skip_locked', 'item')}" if batch else ""
    since = "AND item.due_at >= %(since)s" if batch else ""
    duties = ", ".join(f"('{duty}')" for duty in Duty.values)
    opened = word("days_after", "item.due_at", "rung.days")
    return f"""
WITH moment(days, working, reached) AS (VALUES {found.sql}),
duty(name) AS (VALUES {duties}),
every_rung AS (
  SELECT r.*, m.reached FROM notifications_ladderrung r
  JOIN moment m ON m.days = r."offset" AND m.working = r.working_days
),
rung AS MATERIALIZED (
  SELECT r.id, r.movement_id, duty.name AS duty, r."offset" AS days, r.reached,
    LAG(r.reached) OVER (PARTITION BY r.movement_id, duty.name ORDER BY r.reached, r.id DESC)
      AS higher
  FROM every_rung r JOIN duty ON r.duty = duty.name OR (r.duty = '' AND NOT EXISTS (
    SELECT 1 FROM notifications_ladderrung own WHERE own.movement_id = r.movement_id
      AND own.duty = duty.name AND own.retired_at IS NULL))
  WHERE r.retired_at IS NULL
),
found AS (
  SELECT item.id AS item, rung.id AS rung, item.due_at AS due_at
  FROM workflow_workitem item JOIN workflow_initiative i ON i.id = item.initiative_id
  JOIN rung ON rung.movement_id = i.movement_id AND rung.duty = item.duty
    AND item.due_at <= rung.reached AND (rung.higher IS NULL OR item.due_at > rung.higher)
  WHERE item.closed_at IS NULL AND item.due_at <= %(furthest)s {since} {chosen}
    AND (rung.days >= 0 OR item.opened_at < {opened})
    AND NOT EXISTS (
      SELECT 1 FROM notifications_escalation e JOIN every_rung told ON told.id = e.rung_id
      WHERE e.work_item_id = item.id AND e.due_at = item.due_at AND told.reached <= rung.reached)
  ORDER BY item.due_at {limit}
)
"""  # noqa: S608 (names of ours; every value is bound)
