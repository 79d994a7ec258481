"""One initiative's own report: its part of the school's, on a paper of its own."""

from django.utils.translation import gettext_lazy as _

from reports.papers.content.desk import Desk
from reports.papers.content.matter import NothingToWrite, attached_to, authors
from reports.papers.content.results import results
from reports.papers.paper import Block, Paper, texts
from reports.papers.wording import figure
from workflow.models import REPORTED, Initiative, ReportSection

SYMBOL = "BC"


def build(initiative: Initiative, desk: Desk) -> Paper:
    if initiative.state not in REPORTED:
        raise NothingToWrite(_("This initiative has no verified report yet."))
    return Paper(
        **desk.head(SYMBOL),
        type="Báo cáo",
        abstract=f"Kết quả áp dụng {initiative.get_kind_display()} “{initiative.title}”",
        note=attached_to(initiative.movement),
        body=(*_facts(initiative), *_sections(initiative), *_evaluation(initiative), *_closing()),
        recipients=desk.lines(
            "recipients", ("Hội đồng sáng kiến", initiative.unit.name, "Lưu: VT")
        ),
    )


def _facts(one: Initiative) -> tuple[Block, ...]:
    return (
        Block("text", one.code, label="Mã số:"),
        Block("text", one.unit.name, label="Đơn vị:"),
        Block("text", authors(one), label="Tác giả:"),
        Block("text", one.field, label="Lĩnh vực:"),
        Block("section", "I. Thực trạng trước khi áp dụng"),
        *texts("text", one.current_state),
    )


def _sections(one: Initiative) -> tuple[Block, ...]:
    """The sections that the movement's form asks of every initiative, numbered as they follow."""
    body: list[Block] = []
    asked = one.movement.report_sections.filter(scope=ReportSection.Scope.INITIATIVE)
    for number, section in enumerate(asked):
        body.append(Block("section", f"{ROMAN[number]}. {section.title}"))
        body += results(one) if section.code == "results" else texts(
            "text", one.report.get(section.code, "")
        )  # fmt: skip
    return tuple(body)


def _evaluation(one: Initiative) -> tuple[Block, ...]:
    if one.score is None:
        return ()
    flags = [("được công nhận sáng kiến", one.recognised), ("được nhân rộng", one.replicated)]
    said = "".join(f"; {words}" for words, yes in flags if yes)
    text = f"{figure(one.score)}/100 điểm, {one.get_grade_display()}{said}."
    return (Block("text", text, label="Kết quả đánh giá:"),)


def _closing() -> tuple[Block, ...]:
    return (Block("text", "Trên đây là báo cáo kết quả áp dụng"),)


ROMAN = ("II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
