"""The database itself refuses to change what was issued or signed, on both databases."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from workflow.append_only import refusing

TABLES = ("reports_officialdocument", "reports_signedfile")
MESSAGE = "issued documents do not change"


def install(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, editor)
    for table in TABLES:
        name = f"{table}_unchanged"
        if editor.connection.vendor == "sqlite":
            act = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        else:
            editor.execute(refusing(name, MESSAGE), params=None)
            act = f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        editor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} {act}", params=None)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        where = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_unchanged{where}", params=None)
