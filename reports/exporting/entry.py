"""One file of the archive, made only when its turn comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.exporting.names import Taken


@dataclass(frozen=True)
class Entry:
    """`pieces` yields the content; when it raises `Missing`, the index says so instead.

    `sha256` is what the database says of a file that is kept: the index tells when it differs.
    """

    path: str
    what: str
    pieces: Iterable[bytes]
    sha256: str = ""


class Missing(Exception):
    """The database names a file that the store does not have."""


@dataclass(frozen=True)
class Folder:
    """Where entries go; below one root no path is given twice."""

    path: str
    taken: Taken

    def below(self, name: str) -> "Folder":
        return replace(self, path=f"{self.path}{name}")

    def own(self, name: str) -> "Folder":
        """A folder that nothing else is put into."""
        return replace(self, path=f"{self.taken.unique(self.path, name)}/")

    def entry(self, name: str, what: str, pieces: Iterable[bytes], sha256: str = "") -> Entry:
        return Entry(self.taken.unique(self.path, name), what, pieces, sha256)


def piece(content: bytes | memoryview) -> Iterator[bytes]:
    yield bytes(content)
