"""The zip, written file by file onto the disk, with an index of what lies in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reports.exporting.entry import Entry, Missing
from reports.papers import xlsx
from workflow.calendar import ZONE

PACKED = (
    ".docx",
    ".xlsx",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".pdf",
)
"""Compressed already: packing them again costs time and saves nothing."""
READABLE = 0o600 << 16
FASTER = 3
INDEX, SUMS = "0. Mục lục.xlsx", "SHA256SUMS.txt"
HEADS = ("STT", "Tệp trong hồ sơ", "Nội dung", "Dung lượng (byte)", "SHA-256", "Ghi chú")
LOST = "Thiếu tệp: kho lưu trữ không còn tệp này"
CHANGED = "Không khớp: nội dung khác với mã băm đã lưu"
OWED = "Chưa ban hành"


@dataclass(frozen=True)
class Line:
    path: str
    what: str
    size: int = 0
    sha256: str = ""
    note: str = ""


class Archive:
    def __init__(self, file: IO[bytes], now: datetime) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=FASTER)
        self._date = now.astimezone(ZONE).timetuple()[:6]
        self.lines: list[Line] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """Of a half archive nobody reads the list: it is not written when something went wrong."""
        self._zip.fp = None

    @property
    def faulty(self) -> int:
        return sum(line.note in (LOST, CHANGED) for line in self.lines)

    def add(self, entry: Entry) -> None:
        try:
            size, sha256 = self._write(entry.path, entry.pieces)
        except Missing:
            self.lines.append(Line(entry.path, entry.what, note=LOST))
            return
        note = CHANGED if entry.sha256 not in ("", sha256) else ""
        self.lines.append(Line(entry.path, entry.what, size, sha256, note))

    def close(self, folder: str, title: str, owed: Iterable[str]) -> None:
        """With the index, and the hashes as `sha256sum -c` reads them."""
        lines = [*self.lines, *(Line("", what, note=OWED) for what in owed)]
        rows = [
            (str(number), one.path, one.what, str(one.size or ""), one.sha256, one.note)
            for number, one in enumerate(lines, start=1)
        ]
        sums = "".join(
            f"{one.sha256}  {one.path.removeprefix(folder)}\n" for one in lines if one.sha256
        )
        self._write(f"{folder}{INDEX}", [xlsx.render(title, HEADS, rows)])
        self._write(f"{folder}{SUMS}", [sums.encode()])
        self._zip.close()

    def _write(self, path: str, pieces: Iterable[bytes]) -> tuple[int, str]:
        """The first piece is asked for before anything is written: a missing file leaves none."""
        digest, size, rest = hashlib.sha256(), 0, iter(pieces)
        first = next(rest, b"")
        about = ZipInfo(path, self._date)
        about.external_attr = READABLE
        about.compress_type = ZIP_STORED if path.lower().endswith(PACKED) else ZIP_DEFLATED
        with self._zip.open(about, "w", force_zip64=True) as target:
            while first:
                digest.update(first)
                size += target.write(first)
                first = next(rest, b"")
        return size, digest.hexdigest()


def digest_of(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
