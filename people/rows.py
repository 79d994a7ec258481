"""Rows written on every change, by SQL made once per model.

For rows whose keys are never reused and whose saving calls nothing: no signals, no `save()` of
their own, no parents. Everything else goes through the ORM.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.models.fields import NOT_PROVIDED


def insert(rows: Sequence[Model], *, once: bool = False) -> None:
    """Insert the rows in one statement and give them their keys.

    `once`: a row whose unique key is there already is left out, and no keys are given.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = _inserted(model)
    values = [_value(field, row) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows), once), values)
        keys = [] if once else cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=not once):
        row.pk = key
        row._state.adding = False


def update(row: Model, *names: str) -> None:
    """Store the named fields of a row, or all of them when none is named."""
    fields = _updated(type(row), names)
    values = [_value(field, row) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), names), [*values, row.pk])


def _value(field: "Field[Any, Any]", row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


@cache
def _inserted(model: type[Model]) -> "list[Field[Any, Any]]":
    """Every column but a key that the database numbers."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


@cache
def _updated(model: type[Model], names: tuple[str, ...]) -> "list[Field[Any, Any]]":
    if names:
        return [model._meta.get_field(name) for name in names]  # type: ignore[misc]
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insert(model: type[Model], count: int, once: bool) -> str:
    fields, meta = _inserted(model), model._meta
    assert meta.pk
    columns = ", ".join(_quoted(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    answer = "ON CONFLICT DO NOTHING" if once else f"RETURNING {_quoted(meta.pk.column)}"
    rows = ", ".join([row] * count)
    return f"INSERT INTO {_quoted(meta.db_table)} ({columns}) VALUES {rows} {answer}"  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    meta = model._meta
    assert meta.pk
    columns = ", ".join(f"{_quoted(field.column)} = %s" for field in _updated(model, names))
    return f"UPDATE {_quoted(meta.db_table)} SET {columns} WHERE {_quoted(meta.pk.column)} = %s"  # noqa: S608


def _quoted(name: str | None) -> str:
    return f'"{name}"'


def insert_from(model: type[Model], columns: dict[str, str], source: str) -> str:
    """The statement that inserts a row for each of `source`, a query's FROM with its WHERE.

    `columns`: field name → expression. A field that is not named takes its default. A row whose
    unique key is there already is left out.
    """
    fields = [
        field
        for field in _inserted(model)
        if field.name in columns or field.db_default is NOT_PROVIDED
    ]
    names = [_quoted(field.column) for field in fields]
    expressions = [columns.get(field.name) or _default(field) for field in fields]
    return (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(names)}) "  # noqa: S608
        f"SELECT {', '.join(expressions)} FROM {source} ON CONFLICT DO NOTHING"
    )


def _default(field: "Field[Any, Any]") -> str:
    """A constant as SQL. What the caller must name is NULL here, which the table refuses."""
    made = field.has_default() and callable(field.default)
    default = None if made else field.get_default()
    if isinstance(default, (bool, int)):
        return str(default).upper()
    return "NULL" if default is None else "'{}'".format(str(default).replace("'", "''"))
