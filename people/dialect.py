"""The words in which PostgreSQL and SQLite differ, for the statements that are written by hand.

A statement names them in braces, and its values as `%(name)s`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

WORDS = {
    "postgresql": {
        "find": "strpos",
        "json": "jsonb_build_object",
        "new_uuid": "gen_random_uuid()",
        "iso": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')",
        "days_after": "{0} + {1} * interval '1 day'",
        "among": "= ANY(%({0})s)",
        "skip_locked": "FOR NO KEY UPDATE OF {0} SKIP LOCKED",
    },
    "sqlite": {
        "find": "instr",
        "json": "json_object",
        "new_uuid": "lower(hex(randomblob(16)))",
        "iso": "strftime('%%Y-%%m-%%dT%%H:%%M:%%S+00:00', {0})",
        "days_after": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', {0}, {1} || ' days')",
        "among": "IN (SELECT value FROM json_each(%({0})s))",
        "skip_locked": "",
    },
}


def word(name: str, *arguments: str) -> str:
    """One of the words above for the database in use; SQLite locks the whole file instead."""
    return WORDS[connection.vendor][name].format(*arguments)


def keys(values: list[int]) -> Any:
    """Many keys as one value, for the word "among"."""
    return values if connection.vendor == "postgresql" else str(values)


def instant(value: datetime) -> Any:
    """A time as the database compares it: SQLite keeps times as text."""
    return connection.ops.adapt_datetimefield_value(value)


def aware(found: datetime | str) -> datetime:
    """A time as the database answers it, where no field reads it: SQLite keeps times in UTC without
    saying so, and gives some as text.
    """
    instant = datetime.fromisoformat(found) if isinstance(found, str) else found
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def embedded(queryset: QuerySet[Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """The SQL of a queryset with its values by name, to stand within a larger statement."""
    sql, params = queryset.query.sql_with_params()
    names = [f"{prefix}_{number}" for number in range(len(params))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, params, strict=True))


@contextmanager
def plans_anew() -> Iterator[None]:
    """Inside a transaction: let PostgreSQL plan each statement for the tables as they are then.

    The plan kept from a first batch, made for empty tables, took a hundred times as long for the
    last one; and compiling a plan (JIT) took longer than running it. Afterwards the checks of
    foreign keys at the commit use kept plans as ever.
    """
    _set_locally(plan_cache_mode="force_custom_plan", jit="off")
    yield
    _set_locally(plan_cache_mode="auto")


def _set_locally(**settings: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name, value in settings.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
