"""Figures as the reader's language writes them."""

from decimal import Decimal

from django.utils.formats import number_format

PERCENT = "%"


def shown(value: Decimal, most: int = 2) -> str:
    """As the reader's language writes a figure, without zeros that say nothing."""
    value = round(value, most).normalize()
    places = max(0, -int(value.as_tuple().exponent))
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def percent(part: int, whole: int) -> str:
    return f"{shown(Decimal(100 * part) / whole, 0)}%" if whole else "–"


def with_measure(value: Decimal, measure: str) -> str:
    """A percent sign stands close, a word apart."""
    return f"{shown(value)}{'' if measure == PERCENT else ' '}{measure}".strip()


def signed(value: Decimal) -> str:
    """A difference to one place, with its sign; the minus is the mark of arithmetic."""
    return f"{'+' if value > 0 else ''}{shown(value, 1)}".replace("-", "\u2212")
