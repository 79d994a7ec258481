"""Bars, columns and pairs: each draws itself into a picture and knows how high it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from reports.charts import svg

LEGEND, ROW, PLOT, PAIR = 26, 52, 190, 62
"""Heights in pixels: a line of the legend, a bar, the room of columns, a pair of bars."""


@dataclass(frozen=True)
class Part:
    """`share` of the longest possible, in percent."""

    share: float
    colour: str


@dataclass(frozen=True)
class Bar:
    """Parts follow each other; `said` puts them into words, so that colour alone says nothing."""

    label: str
    parts: Sequence[Part]
    said: str


Legend = Sequence[tuple[str, str]]
"""Colours and what they mean."""


def legend_height(legend: Legend) -> float:
    return LEGEND * ((len(legend) + 1) // 2) + (8 if legend else 0)


def draw_legend(into: Element, y: float, legend: Legend) -> None:
    """Two a line: that fits a telephone."""
    for number, (colour, words) in enumerate(legend):
        box = svg.at(into, f"{50 * (number % 2)}%", y + LEGEND * (number // 2), "50%", LEGEND)
        mark = svg.at(box, "0", 3, "14", 14)
        svg.rect(mark, 0, 0, 100, 14, colour)
        svg.text(box, "22", 15, words, fill=svg.QUIET, size=13)


@dataclass(frozen=True)
class Bars:
    bars: Sequence[Bar]
    legend: Legend = ()

    @property
    def height(self) -> float:
        return legend_height(self.legend) + ROW * len(self.bars)

    def draw(self, into: Element, y: float) -> None:
        draw_legend(into, y, self.legend)
        y += legend_height(self.legend)
        for bar in self.bars:
            svg.text(into, "0", y + 15, bar.label, bold=True)
            svg.text(into, "100%", y + 15, bar.said, anchor="end", fill=svg.QUIET, size=13)
            svg.rect(into, 0, y + 23, 100, 14, svg.TRACK)
            x = 0.0
            for part in bar.parts:
                svg.rect(into, x, y + 23, part.share, 14, part.colour)
                x += part.share
            y += ROW


@dataclass(frozen=True)
class Columns:
    """Groups of columns side by side, each with its figure on top."""

    groups: Sequence[tuple[str, Sequence[int]]]
    legend: Legend

    @property
    def height(self) -> float:
        return legend_height(self.legend) + PLOT + 34

    def draw(self, into: Element, y: float) -> None:
        draw_legend(into, y, self.legend)
        y += legend_height(self.legend) + 24
        highest = max((value for _label, values in self.groups for value in values), default=0)
        room = 100 / max(len(self.groups), 1)
        for number, (label, values) in enumerate(self.groups):
            group = svg.at(into, f"{number * room:.2f}%", y, f"{room:.2f}%", PLOT)
            self._draw_group(group, label, values, max(highest, 1))
        svg.line(into, y + PLOT - 24)

    def _draw_group(self, into: Element, label: str, values: Sequence[int], highest: int) -> None:
        room, floor = 76 / max(len(values), 1), PLOT - 24
        for number, value in enumerate(values):
            tall = (floor - 4) * value / highest
            x = 12 + number * room
            svg.rect(into, x, floor - tall, room * 0.8, tall, self.legend[number][0], 2)
            svg.text(into, f"{x + room * 0.4:.2f}%", floor - tall - 6, str(value),
                     anchor="middle", bold=True, size=13)  # fmt: skip
        svg.text(into, "50%", PLOT - 4, label, anchor="middle", fill=svg.QUIET)


@dataclass(frozen=True)
class Pair:
    """One measured result, before and after, as it reads and as parts of the larger of the two."""

    title: str
    about: str
    words: tuple[str, str]
    figures: tuple[str, str]
    shares: tuple[float, float]
    change: str

    @property
    def said(self) -> str:
        (before, after), (was, now) = self.words, self.figures
        return f"{self.title}: {before} {was}, {after} {now}"

    @property
    def height(self) -> float:
        return PAIR

    @property
    def inline(self) -> SafeString:
        return svg.inline(self, self.said)

    def draw(self, into: Element, y: float) -> None:
        for number, colour in enumerate((svg.GREY, svg.BLUE)):
            top = y + 30 * number
            svg.text(into, "0", top + 17, self.words[number], fill=svg.QUIET, size=13)
            room = svg.at(into, "56", top + 5, "46%", 16)
            svg.rect(room, 0, 0, 100, 16, svg.TRACK)
            svg.rect(room, 0, 0, self.shares[number], 16, colour)
            svg.text(into, "100%", top + 18, self.figures[number], anchor="end", bold=True)


@dataclass(frozen=True)
class Pairs:
    """Small pictures one below the other: how they are saved. A page shows each by itself."""

    pairs: Sequence[Pair]

    @property
    def height(self) -> float:
        return sum(self._room(pair) for pair in self.pairs)

    def _room(self, pair: Pair) -> float:
        return 20 * (len(wrapped(pair.title)) + 1) + PAIR + 24

    def draw(self, into: Element, y: float) -> None:
        for pair in self.pairs:
            top = y
            for words in wrapped(pair.title):
                svg.text(into, "0", top + 15, words, bold=True)
                top += 20
            about = " · ".join(filter(None, (pair.about, pair.change)))
            svg.text(into, "0", top + 15, about, fill=svg.QUIET, size=13)
            pair.draw(into, top + 26)
            y += self._room(pair)


def wrapped(words: str, longest: int = 84) -> list[str]:
    """Lines of so many letters: a picture does not break its lines by itself."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
