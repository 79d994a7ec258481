"""The strokes of a picture say what the figures say, and nothing typed can break out of them."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import translation
from lxml.etree import fromstring

from reports.charts import Bar, Bars, Chart, Columns, Pair, Pairs, Part, svg
from reports.charts.chart import ALONE
from reports.charts.picture import wrapped

SPACE = {"s": svg.NAMESPACE}
HOSTILE = [
    '<script>alert(1)</script>', '"><svg onload=alert(1)>', "]]><!--", "&amp;<b>", "\x00\x08\ufffe",
    "\u202eevil", "{{ 7*7 }}", "{% load x %}",
]  # fmt: skip


def chart(picture, rows=(), heads=("Tổ", "Số")):
    return Chart("x", "Tiêu đề", "Một câu.", heads, rows, picture)


def bars(*shares):
    return Bars(
        [Bar(f"Tổ {n}", [Part(share, svg.BLUE)], f"{share}") for n, share in enumerate(shares)]
    )


def read(text):
    return fromstring(text)


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content):
    """Of the first sheet; text stands in another part of the file and is referred to."""
    with ZipFile(BytesIO(content)) as book:
        return list(read(book.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}c"))


def blue(root):
    return [one for one in root.iter(f"{{{svg.NAMESPACE}}}rect") if one.get("fill") == svg.BLUE]


def test_a_bar_is_as_long_as_its_share():
    found = blue(read(chart(bars(100, 50, 0)).inline))
    assert [one.get("width") for one in found] == ["100.00%", "50.00%", "0.00%"]


def test_what_is_little_can_still_be_seen():
    (one,) = blue(read(chart(bars(0.01)).inline))
    assert one.get("width") == "0.60%"


def test_parts_of_a_bar_follow_each_other():
    root = read(chart(Bars([Bar("a", [Part(30, svg.GREEN), Part(70, svg.RED)], "")])).inline)
    rects = root.findall("s:rect", SPACE)
    assert [(one.get("x"), one.get("width")) for one in rects] == [
        ("0.00%", "100.00%"), ("0.00%", "30.00%"), ("30.00%", "70.00%"),
    ]  # fmt: skip


def test_columns_stand_on_one_floor_and_reach_their_height():
    picture = Columns([("2024", (5, 10)), ("2025", (0, 20))], ((svg.BLUE, "a"), (svg.RED, "b")))
    rects = [
        one for one in read(chart(picture).inline).iter(f"{{{svg.NAMESPACE}}}rect")
        if one.get("rx") == "2"
    ]  # fmt: skip
    heights = [float(one.get("height")) for one in rects]
    assert [height / max(heights) for height in heights] == [0.25, 0.5, 0, 1]
    assert len({float(one.get("y")) + float(one.get("height")) for one in rects}) == 1


def test_nothing_but_zeros_is_no_division_by_zero():
    assert chart(Columns([("2025", (0, 0))], ((svg.BLUE, "a"), (svg.RED, "b")))).inline
    assert chart(Columns([], ())).inline
    assert chart(bars()).inline


def test_a_picture_has_a_role_and_a_name():
    root = read(chart(bars(1)).inline)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Tiêu đề. Một câu.")


def test_the_picture_is_high_enough_for_all_that_is_drawn():
    pair = Pair("Chỉ số " * 30, "CCHC-1", ("Trước", "Sau"), ("26 giờ", "4 giờ"), (100, 15), "−85%")
    for picture in (
        bars(*range(12)),
        Pairs([pair] * 12),
        Columns([("2025", (3,))], ((svg.RED, "a"),)),
    ):
        root = read(chart(picture).as_svg())
        assert root.get("width") == str(ALONE)
        (page,) = root.findall("s:svg", SPACE)
        lowest = max(float(one.get("y", 0)) for one in page.iter(f"{{{svg.NAMESPACE}}}text"))
        assert lowest <= float(root.get("height"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    pair = Pair(text, text, (text, text), (text, text), (1, 1), text)
    for picture in (Bars([Bar(text, [Part(5, svg.RED)], text)], ((svg.RED, text),)), Pairs([pair]),
                    Columns([(text, (1,))], ((svg.RED, text),))):  # fmt: skip
        one = Chart("x", text, text, (text,), ((text,),), picture)
        for written in (one.inline, one.as_svg()):
            root = read(written)
            names = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert names <= {"svg", "rect", "text", "line"}
            assert not any(key.startswith("on") for one in root.iter() for key in one.attrib)


def test_a_style_would_be_refused_by_a_strict_policy_so_there_is_none():
    for element in read(chart(bars(3)).as_svg()).iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith("}style")


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_table_arrives_as_text(text):
    one = chart(None, ((text, 1),), heads=(text, "n"))
    csv = one.as_csv().decode("utf-8-sig").splitlines()
    for row in csv:
        assert row.lstrip('"').startswith("'")
    found = cells(one.as_xlsx())
    assert [cell.get("t") for cell in found] == ["s", "s", "s", "s", None]  # the last is the figure
    assert not any(cell.findall(f"{SHEET}f") for cell in found)


IN_EXCEL = {
    "vi": ["Tổ;Số", "Tổ Toán, Lý;-5", '"Tổ ""Văn"";1";1234,50'],
    "en": ["Tổ,Số", '"Tổ Toán, Lý",-5', '"Tổ ""Văn"";1",1234.50'],
}


@pytest.mark.parametrize("language", IN_EXCEL)
def test_figures_stay_figures_and_negative_ones_too(language):
    one = chart(None, (("Tổ Toán, Lý", -5), ('Tổ "Văn";1', Decimal("1234.50"))))
    with translation.override(language):
        content = one.as_csv()
    assert content.decode("utf-8-sig").splitlines() == IN_EXCEL[language]
    assert content.startswith(b"\xef\xbb\xbf")
    figures = [cell.findtext(f"{SHEET}v") for cell in cells(one.as_xlsx()) if not cell.get("t")]
    assert [float(figure or "nan") for figure in figures] == [-5, 1234.5]


def test_words_are_wrapped_without_losing_any():
    words = "một hai ba bốn năm sáu bảy tám chín mười " * 9
    lines = wrapped(words, 40)
    assert " ".join(lines).split() == words.split()
    assert max(map(len, lines)) <= 40
    assert wrapped("") == [""]
