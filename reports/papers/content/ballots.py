"""The votes of the council as its minutes give them: for, against, not counted, and the share."""

from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from approvals.tally import of_decisions
from reports.papers.paper import Block, Column
from reports.papers.wording import counted, figure, percent
from workflow.models import Base, Gate, Initiative, Submission
from workflow.voting import PASSED, Tally

COLUMNS = (
    Column("STT", 8, figure=True),
    Column("Tên mô hình, giải pháp, sáng kiến", 32),
    Column("Thành viên được tính", 12, figure=True),
    Column("Đồng ý", 10, figure=True),
    Column("Không đồng ý", 12, figure=True),
    Column("Không tính", 11, figure=True),
    Column("Tỷ lệ đồng ý", 12, figure=True),
    Column("Kết quả", 14),
)


def with_votes(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    scored = Submission.objects.passed(Gate.EVALUATE).prefetch_related("decisions")
    return rows.prefetch_related(Prefetch("submissions", scored, to_attr="scorings"))


def ballots(rows: list[Initiative]) -> tuple[Block, ...]:
    """What each vote came to; nothing when the council did not vote. From `with_votes`."""
    tallies = [(one, tally) for one in rows if (tally := _last(one))]
    if not tallies:
        return ()
    table = tuple(
        (str(number), one.title, str(tally.counted), str(tally.votes_for),
         str(tally.votes_against), str(tally.members - tally.counted + tally.excluded),
         percent(tally.votes_for, tally.counted),
         "Thông qua" if tally.outcome == PASSED else "Không thông qua")
        for number, (one, tally) in enumerate(tallies, start=1)
    )  # fmt: skip
    opening = (
        f"Hội đồng biểu quyết công nhận {counted(len(tallies))} mô hình, giải pháp, sáng kiến; "
        f"{_rules([tally for _one, tally in tallies])} "
        "Thành viên là tác giả, đồng tác giả không biểu quyết và không được tính. Kết quả như sau:"
    )
    return (Block("text", opening), Block("table", columns=COLUMNS, rows=table))


def _last(initiative: Initiative) -> Tally | None:
    scorings: list[Submission] = initiative.scorings  # type: ignore[attr-defined]
    return of_decisions(scorings[-1], scorings[-1].decisions.all()) if scorings else None


def _rules(tallies: list[Tally]) -> str:
    """The threshold; every one of them when it was changed during the year."""
    rules = sorted({(tally.threshold, str(tally.base)) for tally in tallies})
    said = [
        f"thông qua khi có ít nhất {figure(Decimal(threshold))}% "
        f"{WHOLE[base]} đồng ý" for threshold, base in rules
    ]  # fmt: skip
    return f"{' hoặc '.join(said)}."


WHOLE: dict[str, str] = {
    Base.MEMBERS: "tổng số thành viên được tính",
    Base.PRESENT: "số thành viên tham gia biểu quyết",
}
