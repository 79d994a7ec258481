"""What an official document consists of, in the order in which it is read."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from reports.papers.layout import STYLES
from reports.papers.text import line, paragraphs

NATION, MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"
END = "./."


@dataclass(frozen=True)
class Column:
    """`width` counts beside the other columns'."""

    title: str
    width: float
    figure: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph of a style, with a bold label before it perhaps; or a table."""

    style: str
    text: str = ""
    label: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Signature:
    """The office, with KT., TL. or TUQ. on a line of its own above it, and the name."""

    offices: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Paper:
    superior: tuple[str, ...]
    issuer: str
    number: str
    place: str
    type: str
    abstract: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    note: str = ""
    to: str = ""
    authority: str = ""
    bases: tuple[str, ...] = ()
    beside: Signature | None = field(default=None)
    """Who signs to the left, as under minutes the secretary; the recipients then stand below."""

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def from_json(text: str) -> Paper:
    data = json.loads(text)
    body = tuple(
        Block(
            one["style"],
            one["text"],
            one["label"],
            tuple(Column(**column) for column in one["columns"]),
            tuple(tuple(row) for row in one["rows"]),
        )
        for one in data["body"]
    )
    signatures = {
        name: data[name] and Signature(tuple(data[name]["offices"]), data[name]["name"])
        for name in ("signature", "beside")
    }
    lists = {name: tuple(data[name]) for name in ("superior", "recipients", "bases")}
    return Paper(**data | lists | signatures | {"body": body})


def laid_out(paper: Paper) -> dict[str, Any]:
    """Every word as it stands on the page: letters' case, ends of căn cứ and of the text, marks
    before recipients. The back ends only place it.
    """
    body = [_block(block) for block in paper.body]
    _close(body)
    return {
        "nation": _cased("nation", NATION),
        "motto": MOTTO,
        "superior": [_cased("superior", one) for one in paper.superior],
        "issuer": _cased("issuer", paper.issuer),
        "number": line(paper.number),
        "place": line(paper.place),
        "type": _cased("type", paper.type),
        "abstract": line(paper.abstract),
        "note": line(paper.note),
        "to": line(paper.to),
        "authority": _cased("authority", paper.authority),
        "bases": _ended(paper.bases, ";", "."),
        "body": body,
        "recipients": [f"- {one}" for one in _ended(paper.recipients, ";", ".")],
        "signature": _signature(paper.signature),
        "beside": paper.beside and _signature(paper.beside),
    }


def _cased(style: str, text: str) -> str:
    return line(text).upper() if STYLES[style].upper else line(text)


def _ended(texts: tuple[str, ...], each: str, last: str) -> list[str]:
    bare = [one for one in (line(text).rstrip(";. ") for text in texts) if one]
    return [one + (last if one is bare[-1] else each) for one in bare]


def _signature(signature: Signature) -> dict[str, Any]:
    offices = [_cased("office", one) for one in signature.offices]
    return {"offices": offices, "name": line(signature.name)}


def _block(block: Block) -> dict[str, Any]:
    if block.columns:
        whole = sum(column.width for column in block.columns)
        return {
            "style": "table",
            "text": line(block.text),
            "columns": [
                {"title": line(one.title), "part": one.width / whole, "figure": one.figure}
                for one in block.columns
            ],
            "rows": [
                [
                    {"lines": paragraphs(cell) or [""], "figure": column.figure}
                    for cell, column in zip(row, block.columns, strict=True)
                ]
                for row in block.rows
            ],
        }
    text = _cased(block.style, block.text)
    return {"style": block.style, "label": line(block.label), "text": text}


def _close(body: list[dict[str, Any]]) -> None:
    """The text of a document ends with "./."."""
    last = next(block for block in reversed(body) if block["style"] == "text")
    last["text"] = last["text"].rstrip("./; ") + END


def texts(style: str, text: str) -> tuple[Block, ...]:
    """One block for each paragraph that somebody wrote."""
    return tuple(Block(style, one) for one in paragraphs(text))
