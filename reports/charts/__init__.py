"""Pictures of figures: SVG made here, each with its table and its files."""

from reports.charts.chart import Cell, Chart
from reports.charts.picture import Bar, Bars, Columns, Pair, Pairs, Part

__all__ = ["Bar", "Bars", "Cell", "Chart", "Columns", "Pair", "Pairs", "Part"]
