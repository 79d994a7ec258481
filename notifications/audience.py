"""Whom a rung tells: who owes the item, and the posts above them, for many items at a time.

"Above" is a walk from post to post (`people.roles.NEXT_UP`) to the first that somebody holds who
neither owes the item nor, where it is to be decided, is an author of the dossier. The walk of "the
next role up" begins at the post that was asked, that of "the head" at the department.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from people.dialect import embedded, word
from people.holdings import deciding_posts
from people.roles import NEXT_UP, Role
from workflow.models import OF_AUTHORS

OF_THE_DEPARTMENT = ""
"""Where the walk of whoever was asked by name, and not by a post, begins."""


def _steps() -> Iterator[tuple[str, int, str, str]]:
    """Every walk: the role it begins at, how many steps on, the role there, and where it is."""
    for start in (OF_THE_DEPARTMENT, *NEXT_UP):
        role: str | None = NEXT_UP.get(start, Role.HEAD if start == OF_THE_DEPARTMENT else None)
        level = 1
        while role:
            yield str(start), level, str(role), _seat(role, start)
            role, level = NEXT_UP.get(role), level + 1


def _seat(role: str, start: str) -> str:
    """The column with the unit at which the role stands."""
    seats: dict[str, str] = {Role.PRINCIPAL: "school", Role.SUPERIOR: "authority"}
    return seats.get(role, "asked" if start else "own")


def _unit(path: str, skip: str) -> str:
    """The first key of a path such as "/1/4/9/" behind what is skipped, as an expression."""
    rest = f"substr({path}, {skip})"
    return f"CAST(substr({rest}, 1, {word('find')}({rest}, '/') - 1) AS bigint)"


def audience(climbed: str, today: date) -> tuple[str, dict[str, Any]]:
    """CTEs, to follow others, that end with `up(id, unit, role)`: the post to which the right to
    decide goes, and `told(id, person, owes)`: who is told, and whether it is theirs to do.

    `climbed`: a query for (id, item, rung).
    """
    held, values = embedded(deciding_posts(today), "held")
    steps = ", ".join(str(step) for step in _steps())
    parts = (
        f"climbed(id, item, rung) AS ({climbed})",
        f"step(start, level, role, seat) AS (VALUES {steps})",
        _owed(),
        _WALK,
        _held(held),
        _ABOVE,
        "up AS (SELECT DISTINCT id, unit, role FROM above WHERE nearest AND goes_up)",
        _TOLD,
    )
    return ",\n".join(parts), values


def _owed() -> str:
    """What the items and their rungs say, with the units at which the walks can stand."""
    authority = _unit("u.path", "2")
    behind = f"2 + {word('find')}(substr(u.path, 2), '/')"
    is_root = f"length(u.path) < {behind}"
    duties = ", ".join(f"'{duty}'" for duty in OF_AUTHORS)
    return f"""owed AS MATERIALIZED (
  SELECT c.id, c.item, item.initiative_id AS initiative, item.person_id AS person,
    item.unit_id AS asked, item.role, item.duty, item.due_at, item.duty IN ({duties}) AS of_authors,
    i.unit_id AS own, u.name AS unit,
    {authority} AS authority,
    CASE WHEN {is_root} THEN {authority} ELSE {_unit("u.path", behind)} END AS school,
    r.holder, r.head, r.superior, r.principal, r.secretary, r.raises
  FROM climbed c JOIN workflow_workitem item ON item.id = c.item
  JOIN workflow_initiative i ON i.id = item.initiative_id
  JOIN people_unit u ON u.id = i.unit_id
  JOIN notifications_ladderrung r ON r.id = c.rung
)"""  # noqa: S608 (names of ours; every value is bound)


_WALK = f"""walk AS MATERIALIZED (
  SELECT owed.id, owed.initiative, owed.person AS owing, owed.asked, owed.role AS asked_role,
    owed.of_authors, step.level, step.role, step.start = owed.role AS goes_up,
    CASE step.seat WHEN 'own' THEN owed.own WHEN 'asked' THEN owed.asked
      WHEN 'school' THEN owed.school ELSE owed.authority END AS unit
  FROM owed JOIN step ON (step.start = owed.role AND (owed.superior OR owed.raises))
    OR (step.start = '{OF_THE_DEPARTMENT}' AND owed.head)
)"""  # noqa: S608 (a constant of ours)
"""Every post on the way up from what is owed, with how far up it is."""


def _held(posts: str) -> str:
    """Who holds the posts in question. `posts`: a query for all that are held by anybody."""
    return f"""post(unit) AS (
  SELECT unit FROM walk UNION SELECT asked FROM owed UNION SELECT school FROM owed
),
held(unit, role, person) AS MATERIALIZED (
  SELECT DISTINCT one.unit, one.role, one.person FROM ({posts}) one
  WHERE one.unit IN (SELECT unit FROM post)
)"""  # noqa: S608


_ABOVE = """above AS MATERIALIZED (
  SELECT walk.id, walk.goes_up, walk.unit, walk.role, held.person,
    walk.level = MIN(walk.level) OVER (PARTITION BY walk.id, walk.goes_up) AS nearest
  FROM walk JOIN held ON held.unit = walk.unit AND held.role = walk.role
  WHERE (walk.owing IS NULL OR walk.owing <> held.person)
    AND NOT EXISTS (SELECT 1 FROM workflow_authorship a WHERE NOT walk.of_authors
      AND a.initiative_id = walk.initiative AND a.user_id = held.person)
    AND NOT EXISTS (SELECT 1 FROM held asked WHERE walk.owing IS NULL
      AND asked.unit = walk.asked AND asked.role = walk.asked_role
      AND asked.person = held.person)
)"""
"""Who stands there and may be told; `nearest`: at the first post of the way that has anybody."""

_TOLD = f"""told(id, person, owes) AS (
  SELECT id, person, MAX(owes) FROM (
    SELECT owed.id, owed.person AS person, 1 AS owes FROM owed
    JOIN people_user ON people_user.id = owed.person AND people_user.is_active
    WHERE owed.holder
    UNION ALL
    SELECT owed.id, held.person, 1 FROM owed
    JOIN held ON held.unit = owed.asked AND held.role = owed.role
    WHERE owed.holder AND owed.person IS NULL AND NOT EXISTS (SELECT 1 FROM workflow_authorship a
      WHERE a.initiative_id = owed.initiative AND a.user_id = held.person)
    UNION ALL
    SELECT owed.id, above.person, 0 FROM owed JOIN above ON above.id = owed.id AND above.nearest
    WHERE (owed.superior AND above.goes_up) OR (owed.head AND above.goes_up = (owed.role = ''))
    UNION ALL
    SELECT owed.id, held.person, 0 FROM owed JOIN held ON held.unit = owed.school
    WHERE (owed.principal AND held.role = '{Role.PRINCIPAL}')
      OR (owed.secretary AND held.role = '{Role.SECRETARY}')
  ) everybody GROUP BY id, person
)"""  # noqa: S608 (constants of ours)
"""Whom each rung tells: whoever owes it, the posts above, and the offices of the school."""
