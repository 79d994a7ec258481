"""The layout of an official document: Nghị định 30/2020/NĐ-CP, Phụ lục I, as numbers.

Both back ends read it, so a rule of the decree stands in one place. Sizes are points, lengths
millimetres.
"""

from dataclasses import asdict, dataclass
from typing import Any

PAGE = {"width": 210, "height": 297}
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}
TEXT_WIDTH = PAGE["width"] - MARGINS["left"] - MARGINS["right"]
HEAD_COLUMNS = (62, TEXT_WIDTH - 62)
SIGN_COLUMNS = (80, TEXT_WIDTH - 80)
PAGE_NUMBER_FROM_TOP = 10
ROOM_TO_SIGN = 30
"""For the signer's image and the seal, between the office and the name."""
SINGLE = 1.15
"""Height of a line set single in this face, in parts of its size."""
SHORT_RULE = 0.42
"""Below the issuing body and the abstract: between a third and a half of the text above."""

RULE_GAP = 4
"""Between a text and the line below it."""

FACE = "Times New Roman"


@dataclass(frozen=True)
class Style:
    size: float
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: str = "center"
    indent: float = 0
    """Of the first line."""
    before: float = 0
    after: float = 0
    spacing: float = 1
    """In lines."""
    keep: bool = False
    """On one page with what follows."""


_TEXT = {"align": "justify", "indent": 12.7, "before": 6.0, "spacing": 1.15}

STYLES = {
    "nation": Style(12, bold=True, upper=True),
    "motto": Style(13, bold=True),
    "superior": Style(12, upper=True),
    "issuer": Style(12, bold=True, upper=True),
    "number": Style(13, before=6),
    "place": Style(13, italic=True, before=6),
    "type": Style(14, bold=True, upper=True, before=14, keep=True),
    "abstract": Style(14, bold=True),
    "note": Style(13, italic=True, before=6),
    "to": Style(14, before=8),
    "authority": Style(14, bold=True, upper=True, before=10),
    "basis": Style(14, italic=True, **_TEXT),  # type: ignore[arg-type]
    "command": Style(14, bold=True, before=10, after=4, keep=True),
    "section": Style(14, bold=True, upper=True, keep=True, **_TEXT),  # type: ignore[arg-type]
    "item": Style(14, bold=True, keep=True, **_TEXT),  # type: ignore[arg-type]
    "text": Style(14, **_TEXT),  # type: ignore[arg-type]
    "caption": Style(13, italic=True, before=6, after=3, keep=True),
    "column": Style(12, bold=True, before=2, after=2),
    "cell": Style(12, align="left", before=2, after=2),
    "figure": Style(12, before=2, after=2),
    "recipients_title": Style(12, bold=True, italic=True, align="left"),
    "recipient": Style(11, align="left"),
    "office": Style(14, bold=True, upper=True),
    "signer": Style(14, bold=True),
    "page": Style(13),
}


def as_data() -> dict[str, Any]:
    """For the template of the PDF."""
    return {
        "page": PAGE,
        "margins": MARGINS,
        "head": HEAD_COLUMNS,
        "sign": SIGN_COLUMNS,
        "page_number": PAGE_NUMBER_FROM_TOP,
        "room": ROOM_TO_SIGN,
        "single": SINGLE,
        "short_rule": SHORT_RULE,
        "rule_gap": RULE_GAP,
        "styles": {name: asdict(style) for name, style in STYLES.items()},
    }
