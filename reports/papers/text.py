"""Text that people typed, made safe to stand on paper: it stays text, whatever it spells."""

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """Composed letters, one kind of line break, and no character that acts unseen.

    A mark that turns the direction of writing would let a figure read backwards in a signed
    document, and XML knows no control characters: each is shown by its number instead.
    """
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", text).replace("\t", " "))
    return _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def line(text: str) -> str:
    return " ".join(plain(text).split())


def paragraphs(text: str) -> list[str]:
    return [one for one in map(line, plain(text).split("\n")) if one]
