"""The template of the docx as it comes: built from the layout, with docxtpl's tags for the words.

A school downloads it, changes it in a word processor, and puts it back as its own. Paragraph
styles are named "NĐ30 …"; tables of the body have the table style "NĐ30 bảng".
"""

from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.papers import layout
from reports.papers.layout import FACE, STYLES, Style

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
RULES = ("motto", "issuer", "abstract")
BODY = ("section", "item", "command")
TABLE = "NĐ30 bảng"


def style_name(name: str) -> str:
    return f"NĐ30 {name}"


def rule_name(name: str) -> str:
    return f"NĐ30 gạch dưới {name}"


@cache
def standard() -> bytes:
    document = Document()
    _page(document)
    _styles(document)
    _head(document)
    _title(document)
    _body(document)
    _end(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (
        Mm(layout.PAGE[side]) for side in ("width", "height")
    )
    for side, length in layout.MARGINS.items():
        setattr(section, f"{side}_margin", Mm(length))
    section.header_distance = Mm(layout.PAGE_NUMBER_FROM_TOP)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    _field(number.add_run(), "PAGE")


def _field(run: Any, instruction: str) -> None:
    for kind in ("begin", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
    text = OxmlElement("w:instrText")
    text.text = instruction
    run._r.insert(1, text)


def _styles(document: Any) -> None:
    _face(document.styles["Normal"], Style(14, align="left"))
    for name, style in STYLES.items():
        made = document.styles.add_style(style_name(name), WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        _face(made, style)
    for name in RULES:
        _rule_style(document.styles.add_style(rule_name(name), WD_STYLE_TYPE.PARAGRAPH))
    table = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Table Grid"]
    document.sections[0].header.paragraphs[0].style = style_name("page")


def _face(made: Any, style: Style) -> None:
    made.font.name, made.font.size = FACE, Pt(style.size)
    made.font.bold, made.font.italic = style.bold, style.italic
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FACE)
    shape = made.paragraph_format
    shape.alignment, shape.keep_with_next = ALIGNED[style.align], style.keep
    shape.first_line_indent, shape.line_spacing = Mm(style.indent), style.spacing
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)


def _rule_style(made: Any) -> None:
    """A thin paragraph with a line on top; how far it is drawn in depends on the text above."""
    _face(made, Style(2))
    made.paragraph_format.space_before = Pt(layout.RULE_GAP)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in {"val": "single", "sz": "6", "space": "0", "color": "000000"}.items():
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    made.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _add(place: Any, style: str, text: str) -> Any:
    """A paragraph; in a fresh cell the one that is there already."""
    there = place.paragraphs if hasattr(place, "_tc") else []
    fresh = len(there) == 1 and not there[0].text
    paragraph = there[0] if fresh else place.add_paragraph()
    paragraph.style, _ = style, paragraph.add_run(text)
    return paragraph


def _when(place: Any, condition: str, *lines: tuple[str, str]) -> None:
    """Paragraphs that stand there only if; the tags' own paragraphs vanish."""
    _add(place, "Normal", f"{{%p if {condition} %}}")
    for style, text in lines:
        _add(place, style_name(style), text)
    _add(place, "Normal", "{%p endif %}")


def _each(place: Any, style: str, of: str) -> None:
    _add(place, "Normal", f"{{%p for one in {of} %}}")
    _add(place, style_name(style), "{{ one }}")
    _add(place, "Normal", "{%p endfor %}")


def _columns(document: Any, rows: int, widths: tuple[float, float]) -> Any:
    table = document.add_table(rows, 2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _whole(row: Any, *also: str) -> None:
    """On one page."""
    for name in ("w:cantSplit", *also):
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _head(document: Any) -> None:
    table = _columns(document, 2, layout.HEAD_COLUMNS)
    left, right = table.rows[0].cells
    _each(left, "superior", "superior")
    _add(left, style_name("issuer"), "{{ issuer }}")
    _add(left, rule_name("issuer"), "")
    _add(right, style_name("nation"), "{{ nation }}")
    _add(right, style_name("motto"), "{{ motto }}")
    _add(right, rule_name("motto"), "")
    for cell, name in zip(table.rows[1].cells, ("number", "place"), strict=True):
        _add(cell, style_name(name), f"{{{{ {name} }}}}")


def _title(document: Any) -> None:
    for name in ("type", "abstract"):
        _add(document, style_name(name), f"{{{{ {name} }}}}")
    _add(document, rule_name("abstract"), "")
    for name in ("note", "to", "authority"):
        _when(document, name, (name, f"{{{{ {name} }}}}"))
    _each(document, "basis", "bases")


def _body(document: Any) -> None:
    _add(document, "Normal", "{%p for one in body %}")
    _add(document, "Normal", "{%p if one.style == 'table' %}")
    _when(document, "one.text", ("caption", "{{ one.text }}"))
    _table(document)
    for name in BODY:
        _add(document, "Normal", f"{{%p elif one.style == '{name}' %}}")
        _add(document, style_name(name), "{{ one.text }}")
    _add(document, "Normal", "{%p else %}")
    text = _add(document, style_name("text"), "{% if one.label %}")
    text.add_run("{{ one.label }}").bold = True
    text.add_run("{% endif %}{% if one.label %} {% endif %}{{ one.text }}")
    for tag in ("endif", "endfor"):
        _add(document, "Normal", f"{{%p {tag} %}}")


def _table(document: Any) -> None:
    table = document.add_table(4, 3)
    table.style = TABLE
    head, each, row, done = table.rows
    _whole(head, "w:tblHeader")
    _whole(row)
    _cells(head, "for column in one.columns", (("column", "{{ column.title }}"),))
    each.cells[0].text, done.cells[0].text = "{%tr for row in one.rows %}", "{%tr endfor %}"
    _cells(row, "for cell in row", (("cell", "{{ words }}"),), "words in cell.lines")


def _cells(row: Any, tag: str, lines: tuple[tuple[str, str], ...], each: str = "") -> None:
    first, middle, last = row.cells
    first.text, last.text = f"{{%tc {tag} %}}", "{%tc endfor %}"
    if each:
        _add(middle, "Normal", f"{{%p for {each} %}}")
    for style, text in lines:
        _add(middle, style_name(style), text)
    if each:
        _add(middle, "Normal", "{%p endfor %}")


def _end(document: Any) -> None:
    _add(document, style_name("recipient"), "")
    left, right = _columns(document, 1, layout.SIGN_COLUMNS).rows[0].cells
    _add(left, "Normal", "{%p if beside %}")
    _signature(left, "beside")
    _add(left, "Normal", "{%p else %}")
    _recipients(left)
    _add(left, "Normal", "{%p endif %}")
    _signature(right, "signature")
    _add(document, "Normal", "{%p if beside %}")
    _recipients(document)
    _add(document, "Normal", "{%p endif %}")
    _add(document, style_name("recipient"), "")


def _signature(place: Any, name: str) -> None:
    _each(place, "office", f"{name}.offices")
    written = _add(place, style_name("signer"), f"{{{{ {name}.name }}}}")
    written.paragraph_format.space_before = Mm(layout.ROOM_TO_SIGN)


def _recipients(place: Any) -> None:
    _add(place, style_name("recipients_title"), "Nơi nhận:")
    _each(place, "recipient", "recipients")
