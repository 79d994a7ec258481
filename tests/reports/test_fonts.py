"""The letters of the documents come with the set-up, and all of Vietnamese is among them."""

import unicodedata
from io import BytesIO
from itertools import product

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from reports.kinds import Kind
from reports.papers import fonts, pdf

MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = {
    unicodedata.normalize("NFC", vowel + mark) for vowel, mark in product("aăâeêioôơuưy", MARKS)
}
LETTERS = sorted({one for one in LOWER | {"đ"} if not one.isascii()})
LETTERS += [one.upper() for one in LETTERS]
SIGNS = "–…“”‘’≥≤%/№"


def test_vietnamese_has_134_letters_beyond_latin():
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("case", fonts.CASES.values())
def test_a_face_has_every_letter(case):
    drawn = TTFont(fonts.free_folder() / f"texgyretermes-{case}.otf").getBestCmap()
    assert [one for one in (*LETTERS, *SIGNS) if ord(one) not in drawn] == []


def test_every_letter_arrives_in_the_pdf_from_the_one_face(school):
    text = " ".join(LETTERS)
    paper = school.paper(Kind.YEARLY_REPORT, situation=text)
    with pdfplumber.open(BytesIO(pdf.render(paper, school.world.now))) as book:
        letters = [one for page in book.pages for one in page.chars]
    assert set(LETTERS) <= {one["text"] for one in letters}
    assert {one["fontname"].partition("+")[2].partition("-")[0] for one in letters} == {
        "TeXGyreTermes"
    }
