"""The page and the styles of the docx, from the layout that the decree lays down.

Paragraph styles are named "NĐ30 …"; tables of the body have the table style "NĐ30 bảng".
"""

from typing import Any

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
"""The texts with a line below them."""
TABLE = "NĐ30 bảng"


def style_name(name: str) -> str:
    return f"NĐ30 {name}"


def rule_name(name: str) -> str:
    return f"NĐ30 gạch dưới {name}"


def lay_page(document: Any) -> None:
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


def add_styles(document: Any) -> None:
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
