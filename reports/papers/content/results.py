"""The parts of a report that one initiative gives: summary, results with figures, evidence."""

from collections.abc import Iterable

from reports.papers.content.matter import authors, evidence
from reports.papers.paper import Block, Column, texts
from reports.papers.wording import figure
from workflow.models import Initiative

FIGURES = (
    Column("STT", 8, figure=True),
    Column("Chỉ số", 36),
    Column("Đơn vị tính", 16, figure=True),
    Column("Trước khi áp dụng", 16, figure=True),
    Column("Sau khi áp dụng", 16, figure=True),
)


def summary(initiative: Initiative) -> tuple[Block, ...]:
    kind = initiative.get_kind_display().capitalize()
    by = f"{kind} của {initiative.unit.name}; tác giả: {authors(initiative)}."
    written = initiative.report.get("solution") or initiative.solution
    return (Block("text", by), *texts("text", written))


def results(initiative: Initiative) -> tuple[Block, ...]:
    """What changed, the figures before and after, and what proves them."""
    measures = list(initiative.measures.all())
    rows = tuple(
        (str(number), one.indicator, one.unit, figure(one.before), figure(one.after))
        for number, one in enumerate(measures, start=1)
    )
    written = texts("text", initiative.report.get("results", ""))
    if not rows:
        return written
    return (
        *written,
        Block("table", "Số liệu trước và sau khi áp dụng", columns=FIGURES, rows=rows),
        *listed("Minh chứng:", evidence(initiative)),
    )


def listed(title: str, lines: Iterable[str]) -> tuple[Block, ...]:
    return (Block("text", title), *(Block("text", f"- {one}") for one in lines))
