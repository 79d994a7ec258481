"""Names inside the archive: as people wrote them, as far as every file system takes them.

Windows refuses some characters, some names (CON), a dot or blank at the end, and paths over 260
characters; nothing may lead out of the folder it is unpacked into.
"""

import re
import unicodedata

LONGEST = 80
"""Characters of one name; three levels of them stay below Windows' 260."""
MOST_BYTES = 200
"""UTF-8; file systems of Linux take 255."""
NOWHERE = "không tên"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?$", re.I)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe(text: str, extension: str = "") -> str:
    """One name: it has no path in it, and a file keeps its `extension` however long it is."""
    shown = "".join(one if _visible(one) else " " for one in unicodedata.normalize("NFC", text))
    bare = " ".join(_FORBIDDEN.sub("-", shown).split()).strip(". ")
    bare = _cut(bare, LONGEST - len(extension), MOST_BYTES - len(extension)).rstrip(". ")
    name = f"{bare or NOWHERE}{extension}"
    return f"_{name}" if _RESERVED.match(name) else name


def safe_file(name: str) -> str:
    """Of a file that somebody brought; its extension was checked when it came."""
    bare = name.strip(". ")
    found = _EXTENSION.search(bare)
    extension = found[0] if found else ""
    return safe(bare.removesuffix(extension), extension)


def _visible(one: str) -> bool:
    """Neither a control character, nor one that acts unseen, nor half of another one."""
    return unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _cut(text: str, characters: int, size: int) -> str:
    return text[:characters].encode()[:size].decode(errors="ignore")


class Taken:
    """The paths of one archive: none is given twice, whatever case a file system minds."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, folder: str, name: str) -> str:
        """ "Biên bản.pdf", then "Biên bản (2).pdf"."""
        found = _EXTENSION.search(name)
        extension = found[0] if found else ""
        path, number = f"{folder}{name}", 1
        while self._key(path) in self._taken:
            number += 1
            path = f"{folder}{name.removesuffix(extension)} ({number}){extension}"
        self._taken.add(self._key(path))
        return path

    @staticmethod
    def _key(path: str) -> str:
        return unicodedata.normalize("NFKC", path).casefold()
