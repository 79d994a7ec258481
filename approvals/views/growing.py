"""Forms whose rows grow by one at a press of a button."""

from typing import Any

from people.http import Request

MOST_DIGITS = 2
"""Of a count of rows: no form of ours has a hundred."""


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
