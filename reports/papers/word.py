"""The docx back end: docxtpl fills a template, in a sandbox, and the lengths are set after."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.papers import fonts, layout
from reports.papers.layout import STYLES
from reports.papers.paper import Paper, laid_out
from reports.papers.word_styles import RULES, TABLE, rule_name, style_name

COLUMN_OF = {"motto": layout.HEAD_COLUMNS[1], "issuer": layout.HEAD_COLUMNS[0],
             "abstract": layout.TEXT_WIDTH}  # fmt: skip

POINTS = 72 / 25.4
"""In a millimetre."""
CELL_PADDING = 5.4
"""What Word keeps free at each side of a cell, in points."""


class Sandbox(ImmutableSandboxedEnvironment):
    """It compiles a template once, not for each document: that was a third of the time."""

    @lru_cache(maxsize=64)  # noqa: B019 (there is one sandbox, for the life of the process)
    def from_string(self, source: str) -> Template:  # type: ignore[override]
        return super().from_string(source)


SANDBOX = Sandbox(undefined=StrictUndefined, autoescape=True)


def render(paper: Paper, template: bytes) -> bytes:
    """Values are escaped, and reach the template as plain data: none of them is a tag."""
    words = laid_out(paper)
    filled = DocxTemplate(BytesIO(template))
    filled.render(words, jinja_env=SANDBOX, autoescape=True)
    document = filled.docx
    ids = _ids(document)
    _draw_rules(document, words, ids)
    _shape_tables(document, [one for one in words["body"] if one["style"] == "table"], ids)
    _keep_signature(document)
    about = document.core_properties
    about.title, about.author = (
        f"{words['number']} {words['abstract']}"[:255],
        words["issuer"][:255],
    )
    about.language, about.comments = "vi-VN", ""
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _ids(document: Any) -> dict[str, str]:
    """Styles by name: a school may have left some out, and a word processor renumbers."""
    return {style.name_val: style.styleId for style in document.styles.element.style_lst}


def _draw_rules(document: Any, words: dict[str, Any], ids: dict[str, str]) -> None:
    """Draw each line in, from both sides, to its part of the text above it."""
    rules = {ids[rule_name(name)]: name for name in RULES if rule_name(name) in ids}
    for element in document.element.body.iter(qn("w:p")):
        if name := rules.get(element.style):
            column = COLUMN_OF[name] * POINTS
            style, part = STYLES[name], 1 if name == "motto" else layout.SHORT_RULE
            text = fonts.width(words[name], style.size, bold=style.bold)
            inset = (column - part * min(text, column)) / 2
            if name != "abstract":
                inset -= CELL_PADDING
            shape = Paragraph(element, document).paragraph_format
            shape.left_indent = shape.right_indent = Pt(inset)


def _shape_tables(document: Any, tables: list[dict[str, Any]], ids: dict[str, str]) -> None:
    """Widths of columns, and figures in the middle; a template of the school may have left a
    table out, and then none is touched."""
    made = [one for one in document.tables if one._tblPr.style == ids.get(TABLE, "")]
    if len(made) != len(tables):
        return
    figure = ids.get(style_name("figure"))
    for table, wanted in zip(made, tables, strict=True):
        table.autofit = False
        widths = [Mm(column["part"] * layout.TEXT_WIDTH) for column in wanted["columns"]]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(table._tbl.tr_lst):
            for cell, width, column in zip(row.tc_lst, widths, wanted["columns"], strict=True):
                cell.width = width
                if number and figure and column["figure"]:
                    for paragraph in cell.p_lst:
                        paragraph.style = figure


def _keep_signature(document: Any) -> None:
    """The last paragraph stays with the signature, which is never alone on a page."""
    if not document.tables:
        return
    before = document.tables[-1]._tbl.getprevious()
    while before is not None and before.tag == qn("w:p"):
        paragraph = Paragraph(before, document)
        paragraph.paragraph_format.keep_with_next = True
        if paragraph.text.strip():
            return
        before = before.getprevious()
