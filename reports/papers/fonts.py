"""Where the letters come from: TeX Gyre Termes, a free Times, out of its wheel.

A school that owns Times New Roman names the folder in DOCUMENT_FONTS and gets the real one.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

from reports.papers.layout import FACE

FREE_FACE = "TeX Gyre Termes"
CASES = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bolditalic",
}


def folders() -> list[Path]:
    own = settings.DOCUMENT_FONTS
    return [*([Path(own)] if own else []), free_folder()]


def faces() -> list[str]:
    return [FACE, FREE_FACE] if settings.DOCUMENT_FONTS else [FREE_FACE]


@cache
def free_folder() -> Path:
    """The package is not imported: it would load the typesetter that it was made for."""
    spec = find_spec("rinoh_typeface_texgyretermes")
    assert spec and spec.origin
    return Path(spec.origin).parent


@cache
def advances(bold: bool, italic: bool) -> dict[int, float]:
    """How wide each character is, in parts of its size."""
    font = TTFont(free_folder() / f"texgyretermes-{CASES[bold, italic]}.otf", lazy=True)
    metrics, units = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Of one line, in points; what the face does not have counts as half its size."""
    wide = advances(bold, italic)
    return size * sum(wide.get(ord(one), 0.5) for one in text)
