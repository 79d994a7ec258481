"""The template of the docx as it comes: built from the layout, with docxtpl's tags for the words.

A school downloads it, changes it in a word processor, and puts it back as its own.
"""

from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm

from reports.papers import layout
from reports.papers.word_styles import TABLE, add_styles, lay_page, rule_name, style_name

BODY = ("section", "item", "command")


@cache
def standard() -> bytes:
    document = Document()
    lay_page(document)
    add_styles(document)
    _head(document)
    _title(document)
    _body(document)
    _end(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


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
