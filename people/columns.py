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


class Column(NamedTuple):
    """`adapt` makes of a value what the database takes; None where it takes it as it is."""

    attribute: str
    name: str
    adapt: Callable[[Any], Any] | None


def values(row: Model, columns: Iterable[Column]) -> list[Any]:
    """The row's values in these columns, each as the database takes it."""
    kept = row.__dict__
    return [
        adapt(kept[attribute]) if adapt else kept[attribute] for attribute, _name, adapt in columns
    ]


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


AS_THEY_ARE = (CharField, TextField, BooleanField, IntegerField)


def _column(field: Any) -> Column:
    target = field.target_field if isinstance(field, ForeignKey) else field
    return Column(field.attname, _quoted(field.column), _adapter(target))


def _adapter(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, AS_THEY_ARE):
        return None
    if isinstance(field, DateTimeField):
        is_text = connection.vendor == "sqlite"
        return connection.ops.adapt_datetimefield_value if is_text else None
    return lambda value: field.get_db_prep_save(value, connection)


def _quoted(name: str) -> str:
    return f'"{name}"'
