"""The columns of a model as its rows are written, found once: attribute, quoted name, adapter."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from psycopg.types.numeric import Int8


class Column(NamedTuple):
    attribute: str
    name: str
    adapt: Callable[[Any], Any]


def values(row: Model, columns: Iterable[Column]) -> list[Any]:
    """As the database takes them."""
    kept = row.__dict__
    return [adapt(kept[attribute]) for attribute, _name, adapt in columns]


# A process speaks to one kind of database: what is found once holds.
@cache
def every(model: type[Model]) -> list[Column]:
    return [_column(field) for field in model._meta.concrete_fields]


@cache
def stored(model: type[Model], names: tuple[str, ...]) -> list[Column]:
    """The named columns, or all but the key when none is named; and last the key."""
    fields = model._meta.concrete_fields
    named = [field for field in fields if (field.name in names if names else not field.primary_key)]
    return [*map(_column, named), key(model)]


def key(model: type[Model]) -> Column:
    return _column(model._meta.pk)


def table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def whole() -> Callable[[Any], Any]:
    """How whole numbers are given to the database: all as one type. psycopg would choose by size,
    and each mixture of sizes would be one more statement to prepare."""
    if connection.vendor != "postgresql":
        return _as_it_is
    return lambda value: value if value is None else Int8(value)


AS_THEY_ARE = (CharField, TextField, BooleanField)


def _column(field: Any) -> Column:
    target = field.target_field if isinstance(field, ForeignKey) else field
    return Column(field.attname, _quoted(field.column), _adapter(target))


def _adapter(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, IntegerField):
        return whole()
    if isinstance(field, AS_THEY_ARE):
        return _as_it_is
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return lambda value: field.get_db_prep_save(value, connection)


def _as_it_is(value: Any) -> Any:
    return value


def _quoted(name: str) -> str:
    return f'"{name}"'
