"""Keys set aside, beside what is read anyway, so that rows to come can name each other."""

from typing import Any

from django.db.models import BigIntegerField, Func, Model, Value


class NextKey(Func):
    """The key of the next row of a model; NULL where the database gives keys only with the row.

    A key that is not used in the end leaves a gap in the numbers, as a rollback does.
    """

    output_field = BigIntegerField()

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self.sequence = f"{model._meta.db_table}_{model._meta.pk.column}_seq"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return f"nextval('{self.sequence}')", []

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "NULL", []


NO_KEY = Value(None, output_field=BigIntegerField())
"""For who only reads."""
