"""Plain text is text: readable letters, no page in disguise, no formula that a program runs."""

import csv
import re
from typing import IO

from django.utils.translation import gettext as _

from approvals.intake.kinds import Unfit
from workflow.models import FileKind

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(
    r"^\s*<|^#!|<\s*/?\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)\b",
    re.IGNORECASE,
)
FORMULA = re.compile(r"^\s*(?:[=@]|[+-].*[(|!])")
"""What a spreadsheet would run on opening; a number with a sign is none."""


def check(file: IO[bytes], suffix: str) -> str:
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as other:
        raise Unfit(_("The text is not in UTF-8: save it as UTF-8 and try again.")) from other
    if CONTROLS.search(text):
        raise Unfit(_("It is called a text, but it holds something else."))
    if MARKUP.search(text):
        raise Unfit(_("It is called a text, but it holds a web page or a script."))
    if suffix == ".csv":
        _require_values(text)
        return FileKind.CSV
    return FileKind.TXT


def _require_values(text: str) -> None:
    comma = max(",;\t", key=text[:4096].count)
    try:
        rows = csv.reader(text.splitlines(), delimiter=comma)
        if any(FORMULA.match(cell) for row in rows for cell in row):
            raise Unfit(_("A cell holds a formula. Keep the values only."))
    except csv.Error as broken:
        raise Unfit(_("The table cannot be read.")) from broken
