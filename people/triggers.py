"""The database renews the stamp of the roster itself, whichever way its rows were changed.

What is kept under the stamp decides who may act, so no path may forget it: not the administrator's
site, not a command, not SQL by hand.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVENTS = {
    "people_grant": ("INSERT", "UPDATE", "DELETE"),
    "people_membership": ("INSERT", "UPDATE", "DELETE"),
    "people_delegation": ("INSERT", "UPDATE", "DELETE"),
    "people_absence": ("INSERT", "UPDATE", "DELETE"),
    "people_user": ("UPDATE OF email, full_name, language, is_active",),
}
"""By table, the changes after which somebody else may hold something, or is called otherwise."""
STAMP = "people_rosterstamp"
WORDS = {"sqlite": "hex(randomblob(16))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}
RENEW = (
    "INSERT INTO {stamp} (id, word) VALUES (1, {word}) "
    "ON CONFLICT (id) DO UPDATE SET word = excluded.word"
)
FUNCTION = (
    "CREATE OR REPLACE FUNCTION renew_roster() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN {renew}; RETURN NULL; END $$"
)


def names() -> Iterator[tuple[str, str, str]]:
    """Each trigger with its table and its event."""
    for table, events in EVENTS.items():
        for event in events:
            yield f"{table}_{event.split()[0].lower()}_renews", table, event


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    renew = RENEW.format(stamp=STAMP, word=WORDS[vendor])
    if vendor == "postgresql":
        editor.execute(FUNCTION.format(renew=renew), params=None)
    for name, table, event in names():
        begin = f"CREATE TRIGGER {name} AFTER {event} ON {table}"
        if vendor == "postgresql":
            act = "FOR EACH STATEMENT EXECUTE FUNCTION renew_roster()"
        else:
            act = f"BEGIN {renew}; END"
        editor.execute(f"{begin} {act}", params=None)
    editor.execute(renew, params=None)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, _event in names():
        where = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}", params=None)
