"""Rows written on every change, by SQL made once per shape, several changes in one statement.

For rows whose keys are never reused and whose saving calls nothing: no signals, no `save()` of
their own, no parents. Everything else goes through the ORM.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model
from django.utils.functional import cached_property

from people import columns
from people.columns import Column
from people.kept_cursor import kept_cursor


class Insert:
    """New rows of one model: either all have their keys already, or the database gives all theirs.

    `once`: a row whose unique key is there already is left out, and no keys are read back.
    """

    def __init__(self, rows: Sequence[Model], *, once: bool = False) -> None:
        self.rows, self.once = rows, once

    @cached_property
    def numbers(self) -> bool:
        """Does the statement answer with keys that the database has given?"""
        given = isinstance(self.rows[0]._meta.pk, AutoField) and self.rows[0].pk is None
        return given and not self.once

    @cached_property
    def columns(self) -> list[Column]:
        """Those in which some row has something; NULL is what the database writes anyway."""
        kept = [row.__dict__ for row in self.rows]
        every = columns.every(type(self.rows[0]))
        if len(kept) == 1:
            return [one for one in every if kept[0].get(one.attribute) is not None]
        return [one for one in every if any(row.get(one.attribute) is not None for row in kept)]

    @property
    def sql(self) -> str:
        names = tuple(column.name for column in self.columns)
        return _insert(type(self.rows[0]), names, len(self.rows), self.numbers, self.once)

    @property
    def values(self) -> list[Any]:
        return [value for row in self.rows for value in columns.values(row, self.columns)]

    def stored(self, keys: Sequence[Any]) -> None:
        if keys:
            for row, key in zip(self.rows, keys, strict=True):
                row.pk = key
        for row in self.rows:
            row._state.adding = False


class Update:
    """The named fields of a row that is stored already, or all of them when none is named."""

    numbers = False

    def __init__(self, row: Model, names: tuple[str, ...] = ()) -> None:
        self.row, self.names = row, names

    @property
    def sql(self) -> str:
        return _update(type(self.row), self.names)

    @property
    def values(self) -> list[Any]:
        return columns.values(self.row, columns.stored(type(self.row), self.names))

    def besides(self, other: "Update") -> "Update":
        """This update and an earlier one of the same row, as one."""
        every = not (self.names and other.names)
        return Update(self.row, () if every else tuple(dict.fromkeys(other.names + self.names)))

    def stored(self, keys: Sequence[Any]) -> None: ...


Change = Insert | Update


def store(*changes: Change) -> None:
    """Store all changes: in one statement where the database can, else one after another.

    The changes of one statement do not see each other. Foreign keys among them hold, because
    PostgreSQL checks them at its end.
    """
    asked = _once_each([one for one in changes if isinstance(one, Update) or one.rows])
    if connection.vendor == "postgresql" and len(asked) > 1:
        _store_together(asked)
        return
    for change in asked:
        cursor = kept_cursor()
        cursor.execute(change.sql, change.values)
        change.stored([key for (key,) in cursor.fetchall()] if change.numbers else ())


def _once_each(changes: list[Change]) -> list[Change]:
    """Several updates of a row as one: a statement changes a row once, and forgets the others."""
    found: dict[Any, Change] = {}
    for change in changes:
        if isinstance(change, Insert):
            found[change] = change
            continue
        row = (type(change.row), change.row.pk)
        earlier = found.get(row)
        found[row] = change.besides(earlier) if isinstance(earlier, Update) else change
    return list(found.values())


def changed(row: Model, before: dict[str, Any]) -> tuple[str, ...]:
    """The fields, but for its key, in which a row differs from what its `__dict__` was before."""
    now = row.__dict__
    return tuple(
        name for name, attribute in _names(type(row)) if now[attribute] != before[attribute]
    )


@cache
def _names(model: type[Model]) -> list[tuple[str, str]]:
    fields = model._meta.concrete_fields
    return [(field.name, field.attname) for field in fields if not field.primary_key]


def _store_together(changes: list[Change]) -> None:
    sql = _together(tuple((change.sql, change.numbers) for change in changes))
    cursor = kept_cursor()
    cursor.execute(sql, [value for change in changes for value in change.values])
    found = cursor.fetchall()
    for place, change in enumerate(changes):
        change.stored([key for number, key in found if number == place])


@cache
def _together(parts: tuple[tuple[str, bool], ...]) -> str:
    """The changes as data-modifying WITH queries; the statement answers with the new keys."""
    queries = ", ".join(f"c{place} AS ({sql})" for place, (sql, _numbers) in enumerate(parts))
    keys = [
        f"SELECT {place}, k FROM c{place} AS c(k)"  # noqa: S608 (a number of ours)
        for place, (_sql, numbers) in enumerate(parts)
        if numbers
    ]
    return f"WITH {queries} {' UNION ALL '.join(keys) or 'SELECT 0, 0 WHERE false'}"


@cache
def _insert(
    model: type[Model], names: tuple[str, ...], count: int, numbers: bool, once: bool
) -> str:
    rows = ", ".join([f"({', '.join(['%s'] * len(names))})"] * count)
    answer = f"RETURNING {columns.key(model).name}" if numbers else ""
    answer = "ON CONFLICT DO NOTHING" if once else answer
    return f"INSERT INTO {columns.table(model)} ({', '.join(names)}) VALUES {rows} {answer}"  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    *updated, key = columns.stored(model, names)
    stored = ", ".join(f"{column.name} = %s" for column in updated)
    return f"UPDATE {columns.table(model)} SET {stored} WHERE {key.name} = %s"  # noqa: S608
