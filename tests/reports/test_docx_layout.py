"""Every document's docx keeps the decree: page, parts in order, styles, lines."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reports.kinds import Kind
from reports.papers import fonts, layout, word, word_template
from reports.papers.paper import laid_out
from tests.reports.pdf_rules import TABLE, Row, expected

MM = 36_000
"""EMU in a millimetre."""


def paragraphs(document):
    """In the order in which they stand, those in tables too."""
    from docx.text.paragraph import Paragraph

    return [Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]


def faults(content, words):
    document = Document(BytesIO(content))
    found = [*_page(document)]
    rows = paragraphs(document)
    for name, text in expected(words):
        here = [one for one in rows if one.text.strip().startswith(text)]
        if not here:
            found.append(f"{name}: {text!r} is missing")
        elif not any(_fits(TABLE[name], one) for one in here):
            found.append(f"{name}: {text!r} is set otherwise")
    return [*found, *_order(rows, words), *_text(rows, words), *_lines(rows, words)]


def _page(document):
    section = document.sections[0]
    if (round(section.page_width / MM), round(section.page_height / MM)) != (210, 297):
        yield "not A4 portrait"
    wanted = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
    for side, (least, most) in wanted.items():
        if not least <= round(getattr(section, f"{side}_margin") / MM, 1) <= most:
            yield f"{side} margin"
    if not section.different_first_page_header_footer:
        yield "the first page is numbered"
    number = section.header.paragraphs[0]
    if "PAGE" not in number._p.xml or number.style.paragraph_format.alignment != 1:
        yield "no number in the middle of the top margin"
    if not 13 <= number.style.font.size.pt <= 14:
        yield "the number's size"
    if section.first_page_header.paragraphs[0].text:
        yield "something stands above the first page"


def _fits(row: Row, paragraph):
    font = paragraph.style.font
    return (
        font.name == "Times New Roman"
        and row.sizes[0] <= font.size.pt <= row.sizes[1]
        and (bool(font.bold), bool(font.italic)) == (row.bold, row.italic)
        and (not row.upper or paragraph.text == paragraph.text.upper())
    )


def _order(rows, words):
    names = ("superior", "issuer", "nation", "motto", "number", "place", "type", "abstract")
    texts = [words[name][0] if name == "superior" else words[name] for name in names]
    texts += [words["signature"]["offices"][0], words["signature"]["name"]]
    places = [max(i for i, one in enumerate(rows) if one.text == text) for text in texts]
    if places != sorted(places):
        yield f"the parts stand in the order {places}"


def _text(rows, words):
    text = next(one for one in rows if one.style.name == "NĐ30 text")
    shape = text.style.paragraph_format
    if shape.alignment != WD_ALIGN_PARAGRAPH.JUSTIFY:
        yield "the text is not justified"
    if round(shape.first_line_indent / MM, 1) not in (10, 12.7):
        yield "the first line's indent"
    if shape.space_before.pt + shape.space_after.pt < 6 or not 1 <= shape.line_spacing <= 1.5:
        yield "the paragraphs' spacing"
    if not [one for one in rows if one.style.name == "NĐ30 text"][-1].text.endswith("./."):
        yield "the text does not end with ./."


def _lines(rows, words):
    """The lines below are as long as they should be; a cell keeps 5.4 pt free at each side."""
    millimetre, padding = 72 / 25.4, 10.8
    wanted = {
        "motto": (0.98, 1.02, 103 * millimetre - padding),
        "issuer": (1 / 3, 0.5, 62 * millimetre - padding),
        "abstract": (1 / 3, 0.5, 165 * millimetre),
    }
    for name, (least, most, column) in wanted.items():
        row = next(one for one in rows if one.style.name == f"NĐ30 gạch dưới {name}")
        shape, size = row.paragraph_format, layout.STYLES[name].size
        drawn = column - shape.left_indent.pt - shape.right_indent.pt
        text = min(fonts.width(words[name], size, bold=True), column)
        if "w:pBdr" not in row.style.element.xml or not least <= drawn / text <= most:
            yield f"{name}: the line has {drawn / text:.2f} of its length"


@pytest.mark.parametrize("kind", Kind)
def test_a_docx_keeps_the_decree(kind, school, more):
    more(2)
    paper = school.paper(kind)
    content = word.render(paper, word_template.standard())
    assert faults(content, laid_out(paper)) == []


BROKEN: dict[str, dict[str, Any]] = {
    "nation": {"size": 14}, "motto": {"bold": False}, "superior": {"bold": True},
    "issuer": {"size": 11}, "number": {"size": 12}, "place": {"italic": False},
    "type": {"bold": False}, "abstract": {"size": 12}, "basis": {"italic": False},
    "text": {"size": 15}, "section": {"bold": False}, "office": {"bold": False},
    "signer": {"size": 12}, "recipients_title": {"bold": False}, "recipient": {"size": 12},
}  # fmt: skip


def test_every_row_of_the_table_is_broken_once():
    assert set(BROKEN) == set(TABLE)


@pytest.mark.parametrize("part", BROKEN)
def test_a_part_that_breaks_the_decree_is_found(part, school, monkeypatch):
    monkeypatch.setitem(layout.STYLES, part, replace(layout.STYLES[part], **BROKEN[part]))
    template = word_template.standard.__wrapped__()
    paper = school.paper(Kind.FINAL_REVIEW)
    found = faults(word.render(paper, template), laid_out(paper))
    assert any(fault.startswith(part) for fault in found), found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MARGINS", {"top": 20, "bottom": 20, "left": 25, "right": 15}, "left margin"),
        ("PAGE", {"width": 216, "height": 279}, "A4"),
        ("SHORT_RULE", 0.7, "line has"),
    ],
)
def test_a_page_that_breaks_the_decree_is_found(name, value, said, school, monkeypatch):
    monkeypatch.setattr(layout, name, value)
    paper = school.paper(Kind.DECISION)
    found = faults(word.render(paper, word_template.standard.__wrapped__()), laid_out(paper))
    assert any(said in fault for fault in found), found
