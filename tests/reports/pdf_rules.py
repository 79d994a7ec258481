"""The table of Nghị định 30/2020/NĐ-CP, Phụ lục I, read off the pages of a PDF.

Written from the decree, not from our layout: what the product says it does is not asked here.
Lengths are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber

MM = 72 / 25.4
LEFT, RIGHT = (30 * MM, 35 * MM), (15 * MM, 20 * MM)
TOP, BOTTOM = (20 * MM, 25 * MM), (20 * MM, 25 * MM)
NEAR = 1.5


@dataclass(frozen=True)
class Row:
    """A row of the table: sizes, and how the letters are."""

    sizes: tuple[float, float]
    bold: bool = False
    italic: bool = False
    upper: bool = False


TABLE = {
    "nation": Row((12, 13), bold=True, upper=True),
    "motto": Row((13, 14), bold=True),
    "superior": Row((12, 13), upper=True),
    "issuer": Row((12, 13), bold=True, upper=True),
    "number": Row((13, 13)),
    "place": Row((13, 14), italic=True),
    "type": Row((13, 14), bold=True, upper=True),
    "abstract": Row((13, 14), bold=True),
    "basis": Row((13, 14), italic=True),
    "text": Row((13, 14)),
    "section": Row((13, 14), bold=True, upper=True),
    "office": Row((13, 14), bold=True, upper=True),
    "signer": Row((13, 14), bold=True),
    "recipients_title": Row((12, 12), bold=True, italic=True),
    "recipient": Row((11, 11)),
}


def faults(content: bytes, words: dict[str, Any]) -> list[str]:
    """What breaks the decree in this PDF of these words; empty when nothing does."""
    with pdfplumber.open(BytesIO(content)) as book:
        pages = list(book.pages)
        return [
            *_pages(pages), *_parts(pages, words), *_rules(pages[0], words),
            *_paragraphs(pages, words), *_ends(words),
        ]  # fmt: skip


def _pages(pages: list[Any]) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        if (round(page.width), round(page.height)) != (595, 842):
            yield f"page {number} is not A4 portrait"
        shown = [one for one in page.chars if one["top"] < TOP[0] - NEAR]
        text = "".join(one["text"] for one in shown).strip()
        if text != ("" if number == 1 else str(number)):
            yield f"page {number} is numbered {text!r}"
        for one in shown:
            if not 13 <= round(one["size"], 1) <= 14:
                yield f"the number of page {number} has size {one['size']}"
        if shown and abs(_middle(shown) - _centre_of_text(page)) > NEAR:
            yield f"the number of page {number} is not centred"
        body = [one for one in page.chars if one not in shown and one["text"].strip()]
        yield from _margins(number, page, body)
        if any(
            one["non_stroking_color"] not in ((0,), (0, 0, 0), 0, (0, 0, 0, 1))
            for one in page.chars
        ):
            yield f"page {number} has letters that are not black"
    first = [one for one in pages[0].chars if one["text"].strip()]
    if not TOP[0] - NEAR <= min(one["top"] for one in first) <= TOP[1] + 3:
        yield "the first page does not begin at the top margin"


def _margins(number: int, page: Any, body: list[Any]) -> Iterator[str]:
    left = min(one["x0"] for one in body)
    if left < LEFT[0] - NEAR:
        yield f"page {number}: left margin {left / MM:.1f} mm"
    right = page.width - max(one["x1"] for one in body)
    if right < RIGHT[0] - NEAR:
        yield f"page {number}: right margin {right / MM:.1f} mm"
    bottom = page.height - max(one["bottom"] for one in body)
    if bottom < BOTTOM[0] - NEAR:
        yield f"page {number}: bottom margin {bottom / MM:.1f} mm"


def _parts(pages: list[Any], words: dict[str, Any]) -> Iterator[str]:
    """Every row of the table: is it there, in its case, size and style?"""
    for name, text in expected(words):
        found = find(pages, text)
        if not found:
            yield f"{name}: {text!r} is missing"
            continue
        yield from _styled(name, text, found)
    for page, text in ((pages[0], words["nation"]), (pages[0], words["type"])):
        if not find([page], text):
            yield f"{text!r} is not on the first page"
    yield from _places(pages[0], words)


def expected(words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("nation", "motto", "issuer", "number", "place", "type"):
        yield name, words[name]
    yield "abstract", _start(words["abstract"])
    for text in words["superior"]:
        yield "superior", text
    for text in words["bases"]:
        yield "basis", _start(text)
    for block in words["body"]:
        if block["style"] in ("section", "text") and not block.get("label"):
            yield block["style"], _start(block["text"])
    for signature in filter(None, (words["signature"], words["beside"])):
        yield from (("office", office) for office in signature["offices"])
        yield "signer", signature["name"]
    yield "recipients_title", "Nơi nhận:"
    yield from (("recipient", _start(text)) for text in words["recipients"])


def _start(text: str) -> str:
    """As much as surely stands on one line."""
    return " ".join(text.split()[:3])


def _styled(name: str, text: str, letters: list[list[Any]]) -> Iterator[str]:
    """At least one place where the text stands is as the row asks."""
    row = TABLE[name]
    if row.upper and text != text.upper():
        yield f"{name}: {text!r} is not in capitals"
    if not any(_fits(row, found) for found in letters):
        seen = {(one["fontname"].partition("+")[2], round(one["size"], 1)) for one in letters[0]}
        yield f"{name}: {text!r} is set in {sorted(seen)}"


def _fits(row: Row, letters: list[Any]) -> bool:
    return all(
        row.sizes[0] <= round(one["size"], 1) <= row.sizes[1]
        and ("Bold" in one["fontname"]) == row.bold
        and ("Italic" in one["fontname"]) == row.italic
        and ("Termes" in one["fontname"] or "Times" in one["fontname"])
        for one in letters
        if one["text"].strip()
    )


def find(pages: list[Any], text: str) -> list[list[Any]]:
    """The letters of each place where the text stands."""
    places = [page.search(text, regex=False, return_chars=True) for page in pages]
    return [found["chars"] for page in places for found in page]


def _places(page: Any, words: dict[str, Any]) -> Iterator[str]:
    """What stands left, right, on one line and in the middle."""
    at = {
        name: find([page], words[name])[0]
        for name in ("nation", "issuer", "number", "place", "type")
    }
    if not max(one["x1"] for one in at["issuer"]) < min(one["x0"] for one in at["nation"]):
        yield "the issuing body does not stand left of the Quốc hiệu"
    if abs(at["number"][0]["bottom"] - at["place"][0]["bottom"]) > NEAR:
        yield "number and date are not on one line"
    if abs(_middle(at["type"]) - _centre_of_text(page)) > NEAR:
        yield "the sort of document is not centred"


def _rules(page: Any, words: dict[str, Any]) -> Iterator[str]:
    """The three lines: as long as the text, or a third to a half of it."""
    lines = [one for one in (*page.lines, *page.rects) if one["height"] < 2]
    spans = {"motto": (0.98, 1.02), "issuer": (1 / 3, 0.5), "abstract": (1 / 3, 0.5)}
    for name, (least, most) in spans.items():
        last = find([page], _start(words[name]) if name == "abstract" else words[name])[0]
        same = [one for one in page.chars if abs(one["bottom"] - last[0]["bottom"]) < NEAR]
        text = last if name != "abstract" else same
        below = [one for one in lines if 0 <= one["top"] - text[0]["bottom"] < 40
                 and abs(_middle([one]) - _middle(text)) < 6]  # fmt: skip
        if not below:
            yield f"{name}: no line below it"
            continue
        line = min(below, key=lambda one: one["top"])
        part = line["width"] / (max(one["x1"] for one in text) - min(one["x0"] for one in text))
        if not least <= part <= most:
            yield f"{name}: the line below it has {part:.2f} of its length"


def _paragraphs(pages: list[Any], words: dict[str, Any]) -> Iterator[str]:
    """A long paragraph: justified, indented, with room above and 1 to 1.5 lines in between."""
    long = [one for one in words["body"] if one["style"] == "text" and len(one["text"]) > 180]
    for block in long[:1]:
        page = next(page for page in pages if find([page], _start(block["text"])))
        rows = page.extract_text_lines(return_chars=True)
        first = next(
            i for i, row in enumerate(rows) if row["text"].startswith(_start(block["text"]))
        )
        before, here, after = rows[first - 1], rows[first], rows[first + 1]
        left = min(row["x0"] for row in rows)
        indent = (here["x0"] - left) / MM
        if not (abs(indent - 10) < 0.4 or abs(indent - 12.7) < 0.4):
            yield f"the first line is indented by {indent:.1f} mm"
        if (
            abs(here["x1"] - (page.width - RIGHT[0])) > 6 * MM
            or abs(here["x1"] - after["x1"]) > NEAR
        ):
            yield "the text is not justified"
        pitch, size = after["bottom"] - here["bottom"], here["chars"][0]["size"]
        if not 1.0 <= pitch / (size * 1.15) <= 1.5 + 0.01:
            yield f"lines are {pitch / (size * 1.15):.2f} apart"
        if here["bottom"] - before["bottom"] - pitch < 6 - 0.2:
            yield f"paragraphs are {here['bottom'] - before['bottom'] - pitch:.1f} pt apart"


def _ends(words: dict[str, Any]) -> Iterator[str]:
    texts = [block["text"] for block in words["body"] if block["style"] == "text"]
    if not texts[-1].endswith("./."):
        yield "the text does not end with ./."
    if words["bases"] and not (
        all(one.endswith(";") for one in words["bases"][:-1]) and words["bases"][-1].endswith(".")
    ):
        yield "the legal bases do not end as they should"
    if not words["recipients"][-1].startswith("- Lưu: VT"):
        yield "the archive copy is not the last recipient"


def _middle(letters: list[Any]) -> float:
    return float(min(one["x0"] for one in letters) + max(one["x1"] for one in letters)) / 2


def _centre_of_text(page: Any) -> float:
    return float(LEFT[0] + page.width - RIGHT[0]) / 2
