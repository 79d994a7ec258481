"""Questions asked on every change, put into SQL once instead of every time.

Django spends several milliseconds on turning a long queryset into SQL, and the database far less
on answering it. A `Prepared` question is written as a queryset like any other; its SQL is kept
per database, and only the values are new.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from people.instances import maker
from people.kept_cursor import kept_cursor

FAR = 4_000_000_000_000
"""Stands for a value while the SQL is made: no key is as large, and a date has its own."""


Adapter = Callable[[Any], Any]
Place = tuple[str, int | None, Adapter]
"""The name of a value, its number in a tuple, and how the database takes it."""


@dataclass(frozen=True)
class Plan:
    """The SQL of a queryset, where its values go, and how a row becomes an instance."""

    sql: str
    params: tuple[Any, ...]
    places: dict[int, Place]
    instance: Callable[[Any], Any]

    def bind(self, values: dict[str, Any]) -> list[Any]:
        bound = list(self.params)
        for place, (name, index, adapt) in self.places.items():
            bound[place] = adapt(values[name] if index is None else values[name][index])
        return bound


class Prepared:
    """Call it with the values that `build` takes; it answers with a list of instances, or of rows
    when the queryset names its columns.

    Values are whole numbers, days, instants, texts and tuples of them. None, booleans, ranges
    and the length of a tuple change the question itself: each has SQL of its own. What is computed
    of a value in Python, such as the year of a day, is kept as well: let the database compute it.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.plans: dict[tuple[Any, ...], Plan] = {}

    def __call__(self, **values: Any) -> list[Any]:
        shape = tuple(map(_shape, values.values()))
        plan = self.plans.get(shape)
        if plan is None:
            plan = self.plans[shape] = self._plan(values)
        cursor = kept_cursor()
        cursor.execute(plan.sql, plan.bind(values))
        return [plan.instance(row) for row in cursor.fetchall()]

    def _plan(self, values: dict[str, Any]) -> Plan:
        """Make the SQL with a mark in the place of each value, and find the marks again."""
        marks: dict[Any, tuple[str, int | None]] = {}
        marked = {name: _mark(name, value, marks) for name, value in values.items()}
        compiler = self.build(**marked).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        found = {_adapter(mark)(mark): (*place, _adapter(mark)) for mark, place in marks.items()}
        begun = {f"{mark}%": (*place, _beginning) for mark, place in marks.items()}
        places = {
            number: (begun | found)[param]
            for number, param in enumerate(params)
            if not isinstance(param, bool) and param in begun | found
        }
        return Plan(sql, params, places, _instances(compiler))


def _shape(value: Any) -> Any:
    if value is None or isinstance(value, (bool, range)):
        return value
    return len(value) if isinstance(value, tuple) else ""


def _mark(name: str, value: Any, marks: dict[Any, tuple[str, int | None]]) -> Any:
    if isinstance(value, tuple):
        first = len(marks)
        several = tuple(_stand_in(one, first + index) for index, one in enumerate(value))
        marks |= {mark: (name, index) for index, mark in enumerate(several)}
        return several
    mark = _stand_in(value, len(marks))
    if mark is not value:
        marks[mark] = (name, None)
    return mark


def _stand_in(value: Any, number: int) -> Any:
    """Something of the same type that is nowhere else in the SQL's values."""
    if value is None or isinstance(value, (bool, range)):
        return value
    if isinstance(value, datetime):
        return datetime(1000 + number, 1, 1, tzinfo=UTC)
    if isinstance(value, date):
        return date(1000 + number, 1, 1)
    return FAR + number if isinstance(value, int) else f"mark {number}"


def _adapter(value: Any) -> Adapter:
    """As Django gives it to the database: SQLite keeps dates as text."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value
    return connection.ops.adapt_datefield_value if isinstance(value, date) else lambda text: text


def _beginning(text: str) -> str:
    """As a lookup by `startswith` gives it to the database."""
    return f"{connection.ops.prep_for_like_query(text)}%"


def _instances(compiler: Any) -> Callable[[Any], Any]:
    """What a row becomes, as Django's own iterables make it: a tuple, or an instance with its
    `select_related`."""
    columns = [column[0] for column in compiler.select]
    made = maker(compiler) if compiler.query.default_cols else tuple
    converters = compiler.get_converters(columns)
    if not converters:
        return made

    def convert(row: Any) -> Any:
        return made(next(iter(compiler.apply_converters([row], converters))))

    return convert
