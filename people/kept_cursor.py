"""One cursor for all statements that are answered at once: making it costs as much as asking."""

from typing import Any

from django.db import connection


def kept_cursor() -> Any:
    """The thread's own, for as long as its connection lives. Fetch everything before the next
    statement. While statements are logged there is a new one for each, which does the logging.
    """
    if connection.queries_logged or connection.connection is None:
        return connection.cursor()
    kept = connection.__dict__.get("thidua_cursor")
    if kept is None or kept.cursor.connection is not connection.connection:
        kept = connection.__dict__["thidua_cursor"] = connection.cursor()
    return kept
