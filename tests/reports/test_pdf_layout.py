"""Every document's PDF keeps every row of the decree's table; a violation is noticed."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from reports.kinds import Kind
from reports.papers import layout, pdf
from reports.papers.paper import laid_out
from tests.reports.pdf_rules import TABLE, faults


@pytest.mark.parametrize("kind", Kind)
def test_a_pdf_keeps_the_decree(kind, school, more):
    more(2)
    paper = school.paper(kind)
    assert faults(pdf.render(paper, school.world.now), laid_out(paper)) == []


def test_a_signature_for_the_head_keeps_the_decree(school):
    draft = school.draft(Kind.DECISION, signer=1)
    paper = draft.paper(school.world.now, 12)
    words = laid_out(paper)
    assert words["signature"]["offices"] == ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]
    assert faults(pdf.render(paper, school.world.now), words) == []


def test_the_checks_look_at_documents_of_several_pages(school, more):
    more(6)
    paper = school.paper(Kind.YEARLY_REPORT)
    file = pdf.render(paper, school.world.now)
    with pdfplumber.open(BytesIO(file)) as book:
        assert len(book.pages) > 2
    assert faults(file, laid_out(paper)) == []


BROKEN: dict[str, dict[str, Any]] = {
    "nation": {"size": 14}, "motto": {"bold": False}, "superior": {"bold": True},
    "issuer": {"bold": False}, "number": {"size": 12}, "place": {"italic": False},
    "type": {"size": 16}, "abstract": {"bold": False}, "basis": {"italic": False},
    "text": {"size": 12}, "section": {"bold": False}, "office": {"size": 12},
    "signer": {"bold": False}, "recipients_title": {"italic": False}, "recipient": {"size": 12},
}  # fmt: skip


def test_every_row_of_the_table_is_broken_once():
    assert set(BROKEN) == set(TABLE)


@pytest.mark.parametrize("part", BROKEN)
def test_a_part_that_breaks_the_decree_is_found(part, school, monkeypatch):
    """The negative control: one style set wrong, and the check names that part."""
    kind = Kind.FINAL_REVIEW  # it has every part
    paper = school.paper(kind)
    monkeypatch.setitem(layout.STYLES, part, replace(layout.STYLES[part], **BROKEN[part]))
    found = faults(pdf.render(paper, school.world.now), laid_out(paper))
    assert any(fault.startswith(part) or part == "text" for fault in found)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SHORT_RULE", 0.7, "line below"),
        ("MARGINS", {"top": 20, "bottom": 20, "left": 25, "right": 15}, "left margin"),
        ("MARGINS", {"top": 20, "bottom": 20, "left": 30, "right": 10}, "right margin"),
        ("MARGINS", {"top": 30, "bottom": 20, "left": 30, "right": 15}, "top margin"),
        ("PAGE", {"width": 216, "height": 279}, "A4"),
        ("PAGE_NUMBER_FROM_TOP", 297, "numbered"),
    ],
)
def test_a_page_that_breaks_the_decree_is_found(name, value, said, school, more, monkeypatch):
    more(4)
    paper = school.paper(Kind.YEARLY_REPORT)
    monkeypatch.setattr(layout, name, value)
    found = faults(pdf.render(paper, school.world.now), laid_out(paper))
    assert any(said in fault for fault in found), found
