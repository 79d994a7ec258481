"""The school's report of a year, in the form attached to the plan; it gathers all solutions.

"Mẫu Sở" is that form as it stands; "mẫu NĐ 30" is addressed to the superior body (form 1.4).
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from reports.papers.content.desk import Desk
from reports.papers.content.matter import (
    DONE,
    NothingToWrite,
    attached_to,
    departments,
    initiatives,
    staff_count,
)
from reports.papers.content.results import results, summary
from reports.papers.paper import Block, Paper, texts
from reports.papers.wording import counted
from workflow.models import Initiative, Movement

SYMBOL = "BC"
SECTIONS = {
    "situation": "I. Đặc điểm tình hình",
    "current_state": "II. Thực trạng tại địa phương/cơ quan, đơn vị",
    "solution": "III. Tóm tắt về mô hình, giải pháp",
    "results": "IV. Kết quả đạt được sau khi áp dụng mô hình, giải pháp",
    "assessment": "V. Đánh giá chung",
}
ASSESSED = {
    "strengths": "1. Ưu điểm",
    "limitations": "2. Hạn chế",
    "lessons": "3. Bài học kinh nghiệm",
}


GENERAL = ("situation", "current_state", *ASSESSED)
"""Sections that the clerk may write for the whole school; one left empty follows from the
initiatives."""


def build(subject: tuple[Movement, int], desk: Desk, *, addressed: bool) -> Paper:
    """`addressed`: mẫu NĐ 30."""
    movement, year = subject
    rows = _reported(movement, year)
    typed = {code: desk.text(code) for code in GENERAL}
    general = drafted(subject, desk) | {code: text for code, text in typed.items() if text.strip()}
    above = desk.school.parent.name if desk.school.parent else ""
    default = ("Như trên",) if addressed else (f"{above} (để báo cáo)",)
    return Paper(
        **desk.head(SYMBOL),
        type="Báo cáo",
        abstract=f"Kết quả triển khai áp dụng mô hình, giải pháp tại {desk.school.name} năm {year}",
        note="" if addressed else attached_to(movement),
        to=f"Kính gửi: {above}." if addressed else "",
        body=_body(rows, general, desk),
        recipients=desk.lines("recipients", (*default, "Lãnh đạo nhà trường", "Lưu: VT")),
    )


def _reported(movement: Movement, year: int) -> list[Initiative]:
    rows = list(initiatives(movement, [year], DONE))
    if not rows:
        raise NothingToWrite(_("No initiative of this year has reported its results yet."))
    return rows


def drafted(subject: tuple[Movement, int], desk: Desk) -> dict[str, str]:
    """The general sections as they follow from the initiatives, for the clerk to write on."""
    movement, year = subject
    rows = _reported(movement, year)
    registered = initiatives(movement, [year]).count()
    situation = (
        f"{desk.school.name} có {counted(departments(desk.school).count())} tổ, bộ phận với "
        f"{counted(staff_count(desk.school, desk.today))} cán bộ, giáo viên, nhân viên. "
        f"Năm {year}, nhà trường có {counted(registered)} mô hình, giải pháp, sáng kiến được "
        f"đăng ký, trong đó {counted(len(rows))} đã báo cáo kết quả."
    )
    gathered = {code: _gathered(rows, code) for code in ASSESSED}
    return {"situation": situation, "current_state": _gathered(rows, "current_state"), **gathered}


def _gathered(rows: list[Initiative], code: str) -> str:
    written = [(one, one.report.get(code) or getattr(one, code, "")) for one in rows]
    return "\n".join(
        f"- {one.title}: {' '.join(text.split())}" for one, text in written if text.strip()
    )


def _body(rows: list[Initiative], general: Mapping[str, str], desk: Desk) -> tuple[Block, ...]:
    body: list[Block] = []
    for code, title in SECTIONS.items():
        body.append(Block("section", title))
        if code in ("solution", "results"):
            part = summary if code == "solution" else results
            for number, one in enumerate(rows, start=1):
                body += [Block("item", f"{number}. {one.title}"), *part(one)]
        elif code == "assessment":
            for name, subtitle in ASSESSED.items():
                body += [Block("item", subtitle), *_written(general.get(name, ""))]
        else:
            body += _written(general.get(code, ""))
    closing = (
        f"Trên đây là báo cáo kết quả triển khai áp dụng mô hình, giải pháp của {desk.school.name}"
    )
    return (*body, Block("text", closing))


def _written(text: str) -> tuple[Block, ...]:
    return texts("text", text) or (Block("text", "Không có."),)
