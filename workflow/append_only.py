"""A table whose rows are never changed or deleted: the database itself refuses, on both."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[object, BaseDatabaseSchemaEditor], None]


def refusing(function: str, message: str) -> str:
    """A trigger function of PostgreSQL that refuses whatever sets it off."""
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$; "
    )


def keep(table: str, message: str) -> Step:
    """For a migration: from here on, rows of the table are only added."""
    name = f"{table}_only_added"

    def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for event in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
                    params=None,
                )
            return
        editor.execute(
            refusing(name, message) + f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            params=None,
        )

    return install


def release(table: str) -> Step:
    """The way back."""
    name = f"{table}_only_added"

    def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for event in ("update", "delete"):
                editor.execute(f"DROP TRIGGER IF EXISTS {name}_{event}", params=None)
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)

    return remove
