"""What the pages of administrators and secretaries share: the movements they keep, and rows that
a form can grow by.
"""

from typing import Any

from django.db.models import QuerySet

from people.holdings import paths
from people.http import Request
from workflow.deadlines import local_day
from workflow.models import Movement
from workflow.queries import below

MOST_DIGITS = 2
"""Of a count of rows: no form of ours has a hundred."""


def movements_kept(request: Request, permission: str) -> QuerySet[Movement]:
    """Movements of the units where the person holds this permission."""
    subtrees = paths(request.user, local_day(request.now), permission)
    return Movement.objects.filter(below(subtrees)).select_related("unit")


def with_one_more(request: Request, prefix: str, position: str = "", **values: Any) -> Any:
    """What was posted of a formset, with one more row when the button for it was pressed.

    The new row begins with `values`, and with its number in the field `position` if one is named.
    A count that no page of ours sends adds nothing.
    """
    data = request.POST.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    if "more" in data and total.isdecimal() and len(total) <= MOST_DIGITS:
        number = str(int(total) + 1)
        data[f"{prefix}-TOTAL_FORMS"] = number
        values |= {position: number} if position else {}
        for name, value in values.items():
            data[f"{prefix}-{total}-{name}"] = str(value)
    return data
