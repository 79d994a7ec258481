"""One cursor for all short statements: making one costs as much as running the statement."""

import re
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor
from psycopg.types.numeric import Int8Dumper


def kept_cursor() -> Any:
    """The cursor of this thread's connection. Fetch all rows before running the next statement.

    While Django logs statements, each gets a new cursor, which does the logging.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.connection is None:
        return database.cursor()
    kept = database.__dict__.get("thidua_cursor")
    if kept is None or kept.cursor.connection is not database.connection:
        kept = database.__dict__["thidua_cursor"] = _cursor(database)
    return kept


def _cursor(database: Any) -> CursorWrapper:
    if database.vendor == "postgresql":
        return Numbered(database)
    made: CursorWrapper = database.cursor()
    return made


class Numbered(CursorWrapper):
    """Takes statements as Django writes them (%s), and gives them to PostgreSQL with $1, $2 and on.

    psycopg would translate them too, but remembers its translation of short statements only. All
    whole numbers are sent as one type: psycopg would choose by size, and each mixture of sizes
    would be one more statement to prepare.
    """

    def __init__(self, database: Any) -> None:
        cursor = RawCursor(database.connection)
        cursor.adapters.register_dumper(int, Int8Dumper)
        super().__init__(cursor, database)

    def execute(self, sql: Any, params: Any = None) -> Any:
        return super().execute(_numbered(sql), params)


@cache
def _numbered(sql: str) -> Any:
    """As bytes, the form in which it is sent."""
    places = iter(range(1, sql.count("%s") + 1))
    return re.sub("%[s%]", lambda found: _place(found[0], places), sql).encode()


def _place(found: str, places: Any) -> str:
    return "%" if found == "%%" else f"${next(places)}"
