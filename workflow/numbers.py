"""Figures as an input shows them."""

from decimal import Decimal


def bare(figure: Decimal) -> str:
    """55 as it was written, not 55.00 as the column keeps it; a hundred is 100, not 1E+2."""
    return f"{figure.normalize():f}"
