"""The words of a mail in its template, quickly: a template is rendered once for each language and
each set of parts, with marks where the words go. Rendering it for every mail costs as much as all
else that composing does.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

Parts = tuple[str, ...]


def fill(template: str, words: Mapping[str, Any]) -> str:
    """As `render_to_string` would, in the active language; a table is no word: it is rendered."""
    if words["rows"]:
        return render_to_string(template, words)
    quote = escape if template.endswith(".html") else str
    filled = tuple(name for name, text in words.items() if text)
    pieces = _shell(template, get_language(), filled)
    return "".join(
        quote(str(words[piece])) if place % 2 else piece for place, piece in enumerate(pieces)
    )


@cache
def _shell(template: str, _language: str, filled: Parts) -> Parts:
    """The template's own text and the names of the words in it, in turn."""
    marks = {name: f"\0{name}\0" for name in filled}
    return tuple(render_to_string(template, marks).split("\0"))
