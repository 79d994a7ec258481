"""The spreadsheet back end: every cell is text or a number that we counted, never a formula."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from reports.papers.layout import FACE
from reports.papers.text import plain

WIDTHS = {"STT": 6, "Mã số": 14}
WIDE = 32
LONGEST = 32_767
"""Characters that a cell can hold."""


def render(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int | Decimal]]
) -> bytes:
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Danh sách")
        face = {"font_name": FACE, "font_size": 12}
        bold = book.add_format(face | {"bold": True, "size": 14})
        head = book.add_format(
            face
            | {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        cell = book.add_format(face | {"border": 1, "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, plain(title), bold)
        for column, name in enumerate(heads):
            sheet.set_column(column, column, WIDTHS.get(name, WIDE))
            sheet.write_string(2, column, name, head)
        for number, row in enumerate(rows, start=3):
            for column, text in enumerate(row):
                _write(sheet, number, column, text, cell)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    return made.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    text: str | int | Decimal,
    form: object,
) -> None:
    if not isinstance(text, str):
        sheet.write_number(row, column, text, form)
    elif column == 0 and text.isdecimal():
        sheet.write_number(row, column, int(text), form)
    else:
        sheet.write_string(row, column, plain(text)[:LONGEST], form)
