"""Several rows in one column, so that one statement brings them along with another row."""

import json
from typing import Any

from django.db.models import Aggregate, QuerySet, Subquery, TextField, Value


class Rows(Aggregate):
    """Rows as one JSON text: a list of lists. Dates and instants are texts of ISO 8601."""

    function = "JSON_AGG"
    template = "%(function)s(JSON_BUILD_ARRAY(%(expressions)s))::text"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        context |= {
            "function": "JSON_GROUP_ARRAY",
            "template": "%(function)s(JSON_ARRAY(%(expressions)s))",
        }
        return self.as_sql(compiler, connection, **context)


def joined(rows: QuerySet[Any], *names: str) -> Subquery:
    """The named columns of these rows, in no order; NULL when there are none."""
    grouped = rows.order_by().values(every=Value(1))
    return Subquery(grouped.annotate(rows=Rows(*names)).values("rows"))


def rows(text: str | None) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(text) if text else []
    return found
