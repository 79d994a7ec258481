"""Rows that a query makes, inserted without passing through Python."""

from typing import Any

from django.db.models import AutoField, Field, Model
from django.db.models.fields import NOT_PROVIDED


def insert_from(model: type[Model], columns: dict[str, str], source: str) -> str:
    """The statement that inserts a row for each of `source`, a query's FROM with its WHERE.

    `columns`: field name → expression. A field that is not named takes its default. A row whose
    unique key is there already is left out.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField)
        and (field.name in columns or field.db_default is NOT_PROVIDED)
    ]
    names = [f'"{field.column}"' for field in fields]
    expressions = [columns.get(field.name) or _default(field) for field in fields]
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) '  # noqa: S608
        f"SELECT {', '.join(expressions)} FROM {source} ON CONFLICT DO NOTHING"
    )


def _default(field: "Field[Any, Any]") -> str:
    """A constant as SQL. What the caller must name is NULL here, which the table refuses."""
    made = field.has_default() and callable(field.default)
    default = None if made else field.get_default()
    if isinstance(default, (bool, int)):
        return str(default).upper()
    return "NULL" if default is None else "'{}'".format(str(default).replace("'", "''"))
