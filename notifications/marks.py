"""Marking rows of the outbox while the mail server is at work: what became of a mail is sent to
the database at once, and its commit is waited for before the next mail is the server's.
"""

from itertools import count

from django.db import connection
from psycopg import Connection, errors, generators, pq

from notifications.models import Message
from people.rows import Update, store

RESULT = ("attempts", "sent_at", "cancelled_at", "not_before", "lease_until", "error")
_SET = ", ".join(f'"{name}" = ${number}' for number, name in enumerate(RESULT, 1))
_VALUES = (*RESULT, "pk")
_SQL = f'UPDATE "{Message._meta.db_table}" SET {_SET} WHERE "id" = ${len(_VALUES)}'.encode()  # noqa: S608
_numbers = count(1)
"""For names: what a shift that died has prepared may still be there."""


class Marks:
    """One mark at most is under way; until `wait`, the database may be asked nothing else.

    The statement is prepared anew for every shift, as a third of its time is planning it: psycopg
    forgets all that a connection has prepared with each rollback.
    """

    def __init__(self) -> None:
        self.on: Connection | None = None
        self.name = ""

    def put(self, message: Message) -> None:
        """What became of it, and the end of its lease."""
        self.wait()
        message.lease_until = None
        if connection.vendor == "postgresql":
            self._send([_text(getattr(message, name)) for name in _VALUES])
        else:
            store(Update(message, RESULT))

    def _send(self, values: list[bytes | None]) -> None:
        """psycopg's cursors wait for the answer, so this is libpq itself."""
        connection.ensure_connection()
        with connection.wrap_database_errors:
            self.on = connection.connection
            line = self.on.pgconn
            if self.on.prepare_threshold is None:  # behind a pooler a name leads nowhere
                line.send_query_params(_SQL, values)
            else:
                if not self.name:
                    self.name = f"thidua_mark_{next(_numbers)}"
                    line.prepare(self.name.encode(), _SQL)
                line.send_query_prepared(self.name.encode(), values)
            line.flush()

    def wait(self) -> None:
        """Until what was put is committed. Raises Django's DatabaseError when it is not."""
        if self.on:
            with connection.wrap_database_errors:
                results = self.on.wait(generators.execute(self.on.pgconn))
                self.on = None
                for result in results:
                    if result.status != pq.ExecStatus.COMMAND_OK:
                        raise errors.error_from_result(result)

    def close(self) -> None:
        self.wait()
        if self.name:
            with connection.cursor() as cursor:
                cursor.execute(f"DEALLOCATE {self.name}")
            self.name = ""


def _text(value: object) -> bytes | None:
    return None if value is None else str(value).encode()
