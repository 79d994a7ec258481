"""A chart: what it says, its picture, the table behind it, and the files of both."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from django.utils.formats import get_format
from django.utils.safestring import SafeString

from reports.charts import svg
from reports.charts.picture import wrapped
from reports.numbers import shown
from reports.papers import xlsx
from reports.papers.text import line

Cell = str | int | Decimal
ALONE, EDGE = 760, 28
"""Width and margin in pixels of a picture that is saved."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula (CWE-1236)."""


@dataclass(frozen=True)
class Chart:
    """`finding` is the sentence that the picture shows; `rows` what it was drawn from. Without
    `picture` there is nothing to show yet, and `finding` says what comes next.
    """

    slug: str
    title: str
    finding: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    picture: svg.Picture | None

    @property
    def name(self) -> str:
        """For those who do not see the picture; the table below it holds every figure."""
        return f"{self.title}. {self.finding}"

    @property
    def table(self) -> list[list[str]]:
        """The rows as the page shows them, figures in the reader's language."""
        return [
            [one if isinstance(one, str) else shown(Decimal(one)) for one in row]
            for row in self.rows
        ]

    @property
    def inline(self) -> SafeString:
        assert self.picture
        return svg.inline(self.picture, self.name)

    def as_svg(self) -> bytes:
        """A file that stands alone: with its title, its sentence and a white ground."""
        head = [(words, True) for words in wrapped(self.title, 70)]
        head += [(words, False) for words in wrapped(self.finding)]
        below = 24 * len(head) + 16
        tall = 2 * EDGE + below + (self.picture.height if self.picture else 0)
        made = svg.sheet(tall, self.name, str(ALONE))
        svg.rect(made, 0, 0, 100, tall, svg.PAPER, 0)
        page = svg.at(made, str(EDGE), EDGE, str(ALONE - 2 * EDGE), tall - 2 * EDGE)
        for number, (words, bold) in enumerate(head):
            svg.text(page, "0", 18 + 24 * number, words, bold=bold, size=18 if bold else 14,
                     fill=svg.INK if bold else svg.QUIET)  # fmt: skip
        if self.picture:
            self.picture.draw(page, below)
        return svg.written(made).encode()

    def as_csv(self) -> bytes:
        """As Excel of the reader's language opens it by a double click: with the mark of UTF-8,
        and semicolons where decimals have a comma (else as RFC 4180).
        """
        point = get_format("DECIMAL_SEPARATOR")
        made = StringIO()
        writer = csv.writer(made, delimiter=";" if point == "," else ",")
        writer.writerow(inert(head, point) for head in self.heads)
        writer.writerows([inert(cell, point) for cell in row] for row in self.rows)
        return made.getvalue().encode("utf-8-sig")

    def as_xlsx(self) -> bytes:
        return xlsx.render(self.title, list(self.heads), self.rows)


def inert(cell: Cell, point: str) -> str:
    """Text that would be read as a formula begins with an apostrophe; figures stay figures."""
    if not isinstance(cell, str):
        return str(cell).replace(".", point)
    return (
        f"'{line(cell)}"
        if cell.startswith(FORMULA) or line(cell).startswith(FORMULA)
        else line(cell)
    )
