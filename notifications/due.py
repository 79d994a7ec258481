"""Which rung of the ladder is due for which work item: one statement, by which the sweep writes
and the dry run reads.

An item gets the highest rung whose moment has come, once: after an outage it is told where it
stands, not every step it missed. A rung whose moment lay before the item was opened is left out,
or a task of three days would be announced and reminded in one minute; the same holds for a date
that moved. Nobody is told of an item whose dossier has still to follow a change of dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.models import LadderRung
from people.dialect import instant, word
from people.models import Unit
from workflow.calendar import Calendar
from workflow.calendars import Zone, zones
from workflow.deadlines import latest_due
from workflow.models import Duty


@dataclass(frozen=True)
class Moments:
    """For each distinct offset the latest due time whose moment has come, as a table of values."""

    sql: str
    values: dict[str, Any]
    zones: int


def moments(now: datetime) -> Moments | None:
    """None while nobody has a ladder. Retired rungs count: what they told is not told again.

    Where the calendars of units differ, each zone of units has rows of its own.
    """
    found = LadderRung.objects.order_by().values_list("offset", "working_days").distinct()
    offsets = sorted(found)
    rows: list[str] = []
    values: dict[str, Any] = {}
    reached: list[datetime] = []
    for zone in _zones(offsets, now):
        for (offset, working), moment in zip(offsets, zone.answer, strict=True):
            number = len(rows)
            row = {"zone": zone.path, "days": offset, "working": working, "reached": moment}
            rows.append(f"({', '.join(f'%({name}_{number})s' for name in row)})")
            values |= {f"{name}_{number}": value for name, value in row.items()}
            values[f"reached_{number}"] = instant(moment)
            reached.append(moment)
    if not rows:
        return None
    values |= {"now": instant(now), "furthest": instant(max(reached))}
    return Moments(", ".join(rows), values, len(rows) // len(offsets))


def _zones(offsets: list[tuple[int, bool]], now: datetime) -> Iterator[Zone[tuple[datetime, ...]]]:
    """The units, by what their calendars make of the offsets."""

    def latest(calendar: Calendar) -> tuple[datetime, ...]:
        return tuple(
            latest_due(now, offset, working_days=working, calendar=calendar)
            for offset, working in offsets
        )

    for root in Unit.objects.filter(parent=None) if offsets else ():
        yield from zones(root, latest)


_PLACE = """place(unit, zone) AS MATERIALIZED (
  SELECT u.id, (SELECT m.zone FROM moment m WHERE u.path LIKE m.zone || '%%'
    ORDER BY length(m.zone) DESC LIMIT 1) FROM people_unit u
),
"""
"""The nearest zone of each unit; where there is only one, this join would double the work."""


def reached(found: Moments, *, batch: int | None = None, movement: int | None = None) -> str:
    """CTEs that end with `found(item, rung, due_at)`: what is due, the longest overdue first.

    `batch`: so many, locked for the caller; what another sweep holds is skipped. `since` among
    the values is where an earlier batch ended.
    """
    chosen = "AND i.movement_id = %(movement)s" if movement else ""
    limit = f"LIMIT {batch} {word('skip_locked', 'item')}" if batch else ""
    since = "AND item.due_at >= %(since)s" if batch else ""
    zones = found.zones > 1
    place = _PLACE if zones else ""
    by_place = "JOIN place ON place.unit = i.unit_id" if zones else ""
    rung = _rung("AND rung.zone = place.zone" if zones else "")
    return f"""{_rungs(found)}{place}found AS (
  SELECT item.id AS item, {rung} AS rung, item.due_at AS due_at
  FROM workflow_workitem item JOIN workflow_initiative i ON i.id = item.initiative_id {by_place}
  WHERE item.closed_at IS NULL AND item.due_at <= %(furthest)s {since} {chosen}
    AND {rung} IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM workflow_follower waits WHERE waits.initiative_id = item.initiative_id)
  ORDER BY item.due_at {limit}
)
"""  # noqa: S608 (names of ours; every value is bound)


def _rungs(found: Moments) -> str:
    """CTEs that end with `rung`: those in force for each duty, with the latest due time that has
    reached the rung, and the one that has reached the next higher.
    """
    duties = ", ".join(f"('{duty}')" for duty in Duty.values)
    return f"""
WITH moment(zone, days, working, reached) AS (VALUES {found.sql}),
duty(name) AS (VALUES {duties}),
every_rung AS (
  SELECT r.*, m.zone, m.reached FROM notifications_ladderrung r
  JOIN moment m ON m.days = r."offset" AND m.working = r.working_days
),
rung AS MATERIALIZED (
  SELECT r.id, r.movement_id, r.zone, duty.name AS duty, r."offset" AS days, r.reached,
    LAG(r.reached) OVER (
      PARTITION BY r.movement_id, r.zone, duty.name ORDER BY r.reached, r.id DESC) AS higher
  FROM every_rung r JOIN duty ON r.duty = duty.name OR (r.duty = '' AND NOT EXISTS (
    SELECT 1 FROM notifications_ladderrung own WHERE own.movement_id = r.movement_id
      AND own.duty = duty.name AND own.retired_at IS NULL))
  WHERE r.retired_at IS NULL
),
"""  # noqa: S608 (names of ours; every value is bound)


def _rung(same_zone: str) -> str:
    """The key of the one rung that `item` has reached and was not told of, as an expression.

    As a join it would be guessed to leave fewer rows than a batch has, and every batch would go
    through all that is late: so the rows are taken one by one in the order of the index.
    """
    opened = word("days_after", "item.due_at", "rung.days")
    return f"""(
      SELECT rung.id FROM rung
      WHERE rung.movement_id = i.movement_id AND rung.duty = item.duty {same_zone}
        AND item.due_at <= rung.reached AND (rung.higher IS NULL OR item.due_at > rung.higher)
        AND (rung.days >= 0 OR COALESCE(item.moved_at, item.opened_at) < {opened})
        AND NOT EXISTS (
          SELECT 1 FROM notifications_escalation e JOIN every_rung told ON told.id = e.rung_id
          WHERE e.work_item_id = item.id AND e.due_at = item.due_at AND told.zone = rung.zone
            AND told.reached <= rung.reached))"""  # noqa: S608 (names of ours)
