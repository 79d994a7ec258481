"""A name as it may be shown: what it looks like is what it is."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
UNSAFE = set('<>:"|?*`$;&')
FALLBACK = "minh-chung"


def cleaned(name: str) -> str:
    """No folders, no invisible or direction-changing letters (Unicode Cc, Cf, Co, Cs, Zl, Zp), and
    short enough with its ending kept. The name is only shown: nothing on the disk is called so.
    """
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = (letter for letter in text if _is_plain(letter))
    text = " ".join("".join(kept).split()).strip(". ")
    stem, suffix = PurePosixPath(text).stem, PurePosixPath(text).suffix[:10]
    if not suffix:  # nothing but an ending, such as ".pdf"
        stem, suffix = FALLBACK, f".{text}" if text else ""
    return f"{stem[: LONGEST - len(suffix)].rstrip()}{suffix}"


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_plain(letter: str) -> bool:
    if letter == " ":
        return True
    return letter not in UNSAFE and unicodedata.category(letter)[0] not in "CZ"
