"""The XML of office files: no declarations of its own, nothing fetched from elsewhere.

Read in pieces by expat. A document type declaration, which entities need (XXE, "billion laughs"),
has no place in either format (ECMA-376 part 2, 9.2) and ends the reading at once.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol
from xml.parsers import expat

from django.utils.translation import gettext as _

from approvals.intake.kinds import Unfit
from workflow.models import FileKind

BLOCK = 64 * 1024
_MAIN = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_MAIN}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_MAIN}spreadsheetml.sheet.main+xml": FileKind.XLSX,
    f"{_MAIN}presentationml.presentation.main+xml": FileKind.PPTX,
}
ACTIVE_TYPE = re.compile(r"macro|vba|activex|ole|externallink|javascript|html", re.IGNORECASE)
ACTIVE_RELATION = re.compile(
    r"/(?:vbaProject|attachedTemplate|oleObject|control|externalLink\w*|aFChunk|subDocument|frame"
    r"|package\w*Macro\w*)$",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:https?|mailto|tel):|#|[^:\\]*$", re.IGNORECASE)
"""Where a reader may click to. A file, a share or a script is no place to click to."""
FETCHES = {"image", "section-source", "object", "object-ole", "applet", "plugin", "floating-frame",
           "dde-source", "dde-connection-decl", "table-source", "cell-range-source"}  # fmt: skip
RUNS = {"script", "event-listener", "applet", "plugin", "floating-frame", "dde-source",
        "dde-connection-decl", "object-ole"}  # fmt: skip
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\|\.\./)", re.IGNORECASE)
FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)


class Readable(Protocol):
    def read(self, length: int, /) -> bytes: ...


class Patience:
    """How many elements of one file are looked at one by one: a long book has a third of them."""

    def __init__(self) -> None:
        self.left = 1_000_000

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unfit(_("It unpacks to far more than an office file holds."))


def check_xml(name: str, stream: Readable, patience: Patience) -> None:
    """`name`: of the part. Elements are looked at only where they can do something."""
    parser = _parser()
    fields: list[str] = []
    lower = name.lower()
    if lower.endswith(".rels"):
        parser.StartElementHandler = _patient(_relation, patience)
    elif lower.endswith(("content.xml", "styles.xml")) and not lower.startswith(("word/", "xl/")):
        parser.StartElementHandler = _patient(_open_document, patience)
    elif lower.startswith("word/"):
        _watch_fields(parser, fields, patience)
    _parse(parser, stream)
    if FIELD.search("".join(fields)):
        raise Unfit(_fetches())


def check_types(stream: Readable) -> str | None:
    """The kind that [Content_Types].xml names; a type that runs is refused."""
    types: list[str] = []
    parser = _parser()

    def start(_name: str, attributes: dict[str, str]) -> None:
        types.append(attributes.get("ContentType", ""))

    parser.StartElementHandler = start
    _parse(parser, stream)
    if any(ACTIVE_TYPE.search(one) for one in types):
        raise Unfit(
            _("It holds macros, programs or other files. Save a copy without them, or a PDF.")
        )
    return next((MAIN_PARTS[one] for one in types if one in MAIN_PARTS), None)


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declarations
    return parser


def _parse(parser: Any, stream: Readable) -> None:
    read = 0
    try:
        while block := stream.read(BLOCK):
            read += len(block)
            parser.Parse(block, False)
        if read:  # LibreOffice keeps some settings in parts of no length
            parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise Unfit(_("The file is damaged, or protected by a password.")) from broken


def _refuse_declarations(*_declaration: Any) -> None:
    raise Unfit(_("The file declares things of its own, which office programs never do."))


Start = Callable[[str, dict[str, str]], None]


def _patient(look: Start, patience: Patience) -> Start:
    def start(name: str, attributes: dict[str, str]) -> None:
        patience.spend()
        look(name, attributes)

    return start


def _relation(name: str, attributes: dict[str, str]) -> None:
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if ACTIVE_RELATION.search(kind):
        raise Unfit(_fetches())
    if attributes.get("TargetMode", "").lower() == "external" and not (
        kind.endswith("/hyperlink") and LINK.match(target)
    ):
        raise Unfit(_fetches())


def _open_document(name: str, attributes: dict[str, str]) -> None:
    local = name.rpartition(":")[2]
    target = next((text for key, text in attributes.items() if key.endswith("href")), "")
    if local in RUNS or (local in FETCHES and OUTSIDE.match(target)):
        raise Unfit(_fetches())
    if local == "a" and not LINK.match(target):
        raise Unfit(_fetches())


def _watch_fields(parser: Any, fields: list[str], patience: Patience) -> None:
    """Field codes may be cut into many runs: they are put together again."""
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        patience.spend()
        local = name.rpartition(":")[2]
        inside = local == "instrText"
        if local == "fldSimple":
            fields.append(next((v for k, v in attributes.items() if k.endswith("instr")), ""))

    def text(data: str) -> None:
        if inside:
            fields.append(data)

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = end


def _fetches() -> str:
    return _("It fetches or runs something from elsewhere. Save a copy without links, or a PDF.")
