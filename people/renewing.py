"""Triggers that renew a stamp, whichever way the rows were changed that are kept under it.

No path may forget it: not the administrator's site, not a command, not SQL by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVERY = ("INSERT", "UPDATE", "DELETE")
WORDS = {"sqlite": "hex(randomblob(16))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}
RENEW = (
    "INSERT INTO {stamp} (id, word) VALUES (1, {word}) "
    "ON CONFLICT (id) DO UPDATE SET word = excluded.word"
)
FUNCTION = (
    "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN {renew}; RETURN NULL; END $$"
)


@dataclass(frozen=True)
class Renewing:
    """`stamp`: the table of the stamp. `function`: its name in PostgreSQL.

    `events`: by table, the changes after which what is kept no longer holds.
    """

    stamp: str
    function: str
    events: Mapping[str, tuple[str, ...]]

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Each trigger with its table and its event."""
        for table, events in self.events.items():
            for event in events:
                yield f"{table}_{event.split()[0].lower()}_renews", table, event

    def install(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        renew = RENEW.format(stamp=self.stamp, word=WORDS[vendor])
        if vendor == "postgresql":
            function = FUNCTION.format(function=self.function, renew=renew)
            editor.execute(function, params=None)
        for name, table, event in self.names():
            begin = f"CREATE TRIGGER {name} AFTER {event} ON {table}"
            if vendor == "postgresql":
                act = f"FOR EACH STATEMENT EXECUTE FUNCTION {self.function}()"
            else:
                act = f"BEGIN {renew}; END"
            editor.execute(f"{begin} {act}", params=None)
        editor.execute(renew, params=None)

    def remove(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for name, table, _event in self.names():
            where = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}", params=None)
