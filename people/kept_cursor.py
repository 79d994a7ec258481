"""One cursor for all statements that are answered at once: making it costs as much as asking."""

import re
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor
from psycopg.types.numeric import Int8Dumper


def kept_cursor() -> Any:
    """The thread's own, for as long as its connection lives. Fetch everything before the next
    statement. While statements are logged there is a new one for each, which does the logging.
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
    """Takes statements as Django writes them, and gives them to PostgreSQL with numbered places.

    psycopg would do the same, but for long statements and those of many values every time anew.
    Whole numbers all have one type: psycopg would choose by size, and each mixture of sizes would
    be one more statement to prepare.
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
