"""The parts of a report that one initiative gives: summary, results with figures, evidence.

The initiative is given as it is now, or as the school's report has gathered it
(`workflow.solutions`).
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reports.papers.content.matter import evidence
from reports.papers.paper import Block, Column, texts
from reports.papers.wording import figure
from workflow.models import Initiative, Kind

FIGURES = (
    Column("STT", 8, figure=True),
    Column("Chỉ số", 36),
    Column("Đơn vị tính", 16, figure=True),
    Column("Trước khi áp dụng", 16, figure=True),
    Column("Sau khi áp dụng", 16, figure=True),
)


Row = tuple[str, str, Decimal, Decimal]


def gathered_summary(block: dict[str, Any]) -> tuple[Block, ...]:
    authors = block["authors"]
    names = (
        authors[0]["name"]
        if len(authors) == 1
        else "; ".join(f"{one['name']} ({one['share']}%)" for one in authors)
    )
    kind = str(Kind(block["kind"]).label).capitalize()
    by = f"{kind} của {block['unit']}; tác giả: {names}."
    return (Block("text", by), *texts("text", block["report"]["solution"]))


def gathered_results(block: dict[str, Any]) -> tuple[Block, ...]:
    """The files attached stand below what was written of each figure's proof."""
    rows = [
        (one["indicator"], one["unit"], Decimal(one["before"]), Decimal(one["after"]))
        for one in block["measures"]
    ]
    proofs = [
        f"{one['indicator']}: {one['evidence']}"
        for one in block["measures"]
        if one["evidence"].strip()
    ]
    files = [" – ".join(filter(None, (one["name"], one["caption"]))) for one in block["evidence"]]
    written = block["report"].get("results", "")
    return _results(written, rows, [*proofs, *(f"Tệp đính kèm: {file}" for file in files)])


def results(initiative: Initiative) -> tuple[Block, ...]:
    """What changed, the figures before and after, and what proves them."""
    rows = [(one.indicator, one.unit, one.before, one.after) for one in initiative.measures.all()]
    return _results(initiative.report.get("results", ""), rows, evidence(initiative))


def _results(text: str, measures: list[Row], proofs: list[str]) -> tuple[Block, ...]:
    written = texts("text", text)
    if not measures:
        return written
    rows = tuple(
        (str(number), indicator, unit, figure(before), figure(after))
        for number, (indicator, unit, before, after) in enumerate(measures, start=1)
    )
    return (
        *written,
        Block("table", "Số liệu trước và sau khi áp dụng", columns=FIGURES, rows=rows),
        *listed("Minh chứng:", proofs),
    )


def listed(title: str, lines: Iterable[str]) -> tuple[Block, ...]:
    return (Block("text", title), *(Block("text", f"- {one}") for one in lines))
