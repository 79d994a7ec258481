"""One cursor for all statements that are answered at once: making it costs as much as asking."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def kept_cursor() -> Any:
    """The thread's own, for as long as its connection lives. Fetch everything before the next
    statement. While statements are logged there is a new one for each, which does the logging.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.connection is None:
        return database.cursor()
    kept = database.__dict__.get("thidua_cursor")
    if kept is None or kept.cursor.connection is not database.connection:
        kept = database.__dict__["thidua_cursor"] = database.cursor()
    return kept
