"""The few strokes that pictures are made of.

Widths are in percent of the picture and heights in pixels, so that a picture fills a telephone as
well as a desk and its letters keep their size. Colours are attributes: the same picture stands
alone when it is saved.
"""

from typing import Protocol
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe

from reports.papers.text import plain

INK, QUIET, TRACK, PAPER = "#17233b", "#55617a", "#e9edf3", "#ffffff"
BLUE, SKY, GREEN, RED, GREY = (
    "#1d4e9e", "#9db8e0", "#2b8a50", "#c9384d", "#8490a6",
)  # fmt: skip
FACE = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
NAMESPACE = "http://www.w3.org/2000/svg"


def sheet(height: float, name: str, width: str = "100%") -> Element:
    """An empty picture with its name for those who do not see it."""
    given = {
        "xmlns": NAMESPACE, "role": "img", "width": width, "height": f"{height:g}",
        "font-family": FACE, "font-size": "14", "aria-label": plain(name),
    }  # fmt: skip
    return Element("svg", given)


def at(parent: Element, x: str, y: float, width: str, height: float) -> Element:
    """A part of the picture with a hundred percent of its own."""
    return SubElement(
        parent, "svg", x=x, y=f"{y:g}", width=width, height=f"{height:g}", overflow="visible"
    )


def rect(
    parent: Element, x: float, y: float, width: float, height: float, fill: str, round_: float = 3
) -> None:
    """`x` and `width` in percent. What is more than nothing can be seen."""
    shown = max(width, 0.6) if width > 0 else 0
    SubElement(
        parent, "rect", x=f"{x:.2f}%", y=f"{y:g}", width=f"{shown:.2f}%", height=f"{height:g}",
        fill=fill, rx=f"{round_:g}",
    )  # fmt: skip


def text(
    parent: Element,
    x: str,
    y: float,
    words: str,
    *,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
    size: float = 14,
) -> None:
    given = {
        "x": x, "y": f"{y:g}", "fill": fill, "text-anchor": anchor, "font-size": f"{size:g}",
        "font-weight": "650" if bold else "450",
    }  # fmt: skip
    made = SubElement(parent, "text", given)
    made.text = plain(words)


def line(parent: Element, y: float, stroke: str = GREY) -> None:
    SubElement(parent, "line", x1="0", x2="100%", y1=f"{y:g}", y2=f"{y:g}", stroke=stroke)


class Picture(Protocol):
    """What can be drawn, and how high it is in pixels."""

    @property
    def height(self) -> float: ...

    def draw(self, into: Element, y: float) -> None: ...


def inline(picture: Picture, name: str) -> SafeString:
    """For a page. The writer of XML has escaped it word by word."""
    made = sheet(picture.height, name)
    picture.draw(made, 0)
    return mark_safe(written(made))  # noqa: S308


def written(picture: Element) -> str:
    return tostring(picture, encoding="unicode")
