"""The parts of a report that one initiative gives: summary, results with figures, evidence.

The initiative is given as it is now, or as the school's report has gathered it
(`workflow.solutions`).
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from reports.papers.content.matter import credited
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


class Measured(NamedTuple):
    """A measured result, and in words what proves it; empty when files alone do."""

    indicator: str
    unit: str
    before: Decimal
    after: Decimal
    proof: str


Files = Iterable[tuple[str, str]]
"""Names and captions."""


def gathered_summary(block: dict[str, Any]) -> tuple[Block, ...]:
    names = credited([(one["name"], one["share"]) for one in block["authors"]])
    kind = str(Kind(block["kind"]).label).capitalize()
    by = f"{kind} của {block['unit']}; tác giả: {names}."
    return (Block("text", by), *texts("text", block["report"]["solution"]))


def gathered_results(block: dict[str, Any]) -> tuple[Block, ...]:
    measures = [
        Measured(
            one["indicator"], one["unit"], Decimal(one["before"]), Decimal(one["after"]),
            one["evidence"],
        )
        for one in block["measures"]
    ]  # fmt: skip
    files = [(one["name"], one["caption"]) for one in block["evidence"]]
    return _results(block["report"].get("results", ""), measures, files)


def results(initiative: Initiative) -> tuple[Block, ...]:
    measures = [
        Measured(one.indicator, one.unit, one.before, one.after, one.evidence)
        for one in initiative.measures.all()
    ]
    files = initiative.evidence.of_dossier().values_list("name", "caption")
    return _results(initiative.report.get("results", ""), measures, files)


def _results(text: str, measures: list[Measured], files: Files) -> tuple[Block, ...]:
    """What changed, the figures before and after, and what proves them."""
    written = texts("text", text)
    if not measures:
        return written
    rows = tuple(
        (str(number), one.indicator, one.unit, figure(one.before), figure(one.after))
        for number, one in enumerate(measures, start=1)
    )
    return (
        *written,
        Block("table", "Số liệu trước và sau khi áp dụng", columns=FIGURES, rows=rows),
        *listed("Minh chứng:", _proofs(measures, files)),
    )


def _proofs(measures: list[Measured], files: Files) -> list[str]:
    """The files attached stand below what was written of each figure's proof."""
    said = [f"{one.indicator}: {one.proof}" for one in measures if one.proof.strip()]
    return said + [f"Tệp đính kèm: {' – '.join(filter(None, file))}" for file in files]


def listed(title: str, lines: Iterable[str]) -> tuple[Block, ...]:
    return (Block("text", title), *(Block("text", f"- {one}") for one in lines))
