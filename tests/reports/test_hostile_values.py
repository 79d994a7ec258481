"""Whatever people type arrives as text: no tag, no markup, no formula, no turned direction."""

from io import BytesIO

import pdfplumber
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from reports.kinds import MAKERS, Kind
from reports.papers import pdf, word, word_template, xlsx
from reports.papers.text import plain
from tests.reports.conftest import rename
from tests.reports.test_docx_layout import paragraphs

HOSTILE = {
    "expression": "{{ 7 * 7 }} {% raw %} {%p for x in y %} {{ paper.__class__ }}",
    "typst": "#read(\"/etc/passwd\") $x^2$ *đậm* @nguồn <nhãn> #eval(\"1\") `mã` \\ //bỏ",
    "xml": "</w:t></w:r></w:p><w:p><w:r><w:t>giả & <script>alert(1)</script>",
    "formula =": "=HYPERLINK(\"http://x.example\";\"bấm\")",
    "formula +": "+1+2", "formula -": "-1-2", "formula @": "@SUM(A1:A9)",
    "link": "https://x.example/ mailto:a@x.example",
    "entity": "&lt;b&gt; &#x202e; %E2%80%AE",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_arrives_as_it_was_typed(name, school):
    text = HOSTILE[name]
    rename(school.world, text)
    paper = school.paper(Kind.YEARLY_REPORT, recipients=f"{text}\nLưu: VT", lessons=text)
    wanted = "".join(text.split())
    assert wanted in _pdf_text(pdf.render(paper, school.world.now))
    document = Document(BytesIO(word.render(paper, word_template.standard())))
    assert wanted in "".join("".join(one.text.split()) for one in paragraphs(document))


def _pdf_text(content):
    with pdfplumber.open(BytesIO(content)) as book:
        return "".join("".join(page.extract_text().split()) for page in book.pages)


@pytest.mark.parametrize("text", [*HOSTILE.values(), "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0"])
def test_a_cell_holds_the_text_and_no_formula(text, school):
    rename(school.world, text)
    draft = school.draft(Kind.REGISTRATION_LIST)
    sheet = MAKERS[Kind.REGISTRATION_LIST].sheet
    content = xlsx.render(text, *draft.in_vietnamese(sheet))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert str(rows[3][2]).strip() == plain(text)[:200].strip()
    assert b"<f>" not in _inside(content, "xl/worksheets/sheet1.xml")
    assert b"hyperlink" not in _inside(content, "xl/worksheets/sheet1.xml")


def _inside(content, name):
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u200f", "\u061c"])
def test_a_mark_that_turns_the_direction_is_shown_instead(mark, school):
    rename(school.world, f"tăng {mark}01% thành")
    paper = school.paper(Kind.DECISION)
    shown = f"tăng [U+{ord(mark):04X}]01% thành"
    assert "".join(shown.split()) in _pdf_text(pdf.render(paper, school.world.now))
    document = Document(BytesIO(word.render(paper, word_template.standard())))
    words = "\n".join(one.text for one in paragraphs(document))
    assert shown in words
    assert mark not in words


def test_no_control_character_breaks_a_file(school):
    codes = [*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, 0xD800, 0xFFFE]
    text = "".join(f" trước{chr(code)}sau{code} " for code in codes)
    paper = school.paper(Kind.INTERIM_REVIEW, assessment=text)
    assert pdf.render(paper, school.world.now).startswith(b"%PDF")
    document = Document(BytesIO(word.render(paper, word_template.standard())))
    words = "".join(one.text for one in paragraphs(document))
    assert [code for code in codes if f"sau{code}" not in words] == []


def test_a_value_cannot_forge_a_paragraph_of_another_style(school):
    """docxtpl makes paragraphs, tabs and page breaks of \\a, \\t and \\f."""
    rename(school.world, "x")
    before = school.paper(Kind.YEARLY_REPORT, lessons="một hai ba")
    after = school.paper(Kind.YEARLY_REPORT, lessons="một\ahai\fba")
    counts = [
        sum(one.style.name == "NĐ30 text" for one in paragraphs(
            Document(BytesIO(word.render(paper, word_template.standard())))))
        for paper in (before, after)
    ]  # fmt: skip
    assert counts[1] == counts[0] + 1  # the form feed is a line break like any other
