"""The school's report of a year, in the form attached to the plan; it gathers all solutions.

"Mẫu Sở" is that form as it stands; "mẫu NĐ 30" is addressed to the superior body (form 1.4). Both
are made from the school's report as a dossier (`workflow.models.SchoolReport`) and from nothing
else: what is issued is what the principal has approved.
"""

from collections.abc import Mapping
from typing import Any

from reports.papers.content.desk import Desk
from reports.papers.content.matter import attached_to, departments, initiatives, staff_count
from reports.papers.content.results import gathered_results, gathered_summary
from reports.papers.paper import Block, Paper, texts
from reports.papers.wording import counted
from reports.yearly import Yearly
from workflow.solutions import solutions

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


def build(subject: Yearly, desk: Desk, *, addressed: bool) -> Paper:
    """`addressed`: mẫu NĐ 30. With a number it is made of the approved content alone; a draft
    shows the dossier as it stands.
    """
    content = subject.frozen() if desk.number else subject.as_it_stands()
    above = desk.school.parent.name if desk.school.parent else ""
    default = ("Như trên",) if addressed else (f"{above} (để báo cáo)",)
    about = f"tại {desk.school.name} năm {subject.year}"
    return Paper(
        **desk.head(SYMBOL),
        type="Báo cáo",
        abstract=f"Kết quả triển khai áp dụng mô hình, giải pháp {about}",
        note="" if addressed else attached_to(subject.movement),
        to=f"Kính gửi: {above}." if addressed else "",
        body=_body(content["solutions"], content["report"], desk),
        recipients=desk.lines("recipients", (*default, "Lãnh đạo nhà trường", "Lưu: VT")),
    )


def drafted(subject: Yearly, desk: Desk) -> dict[str, str]:
    """The general sections as they follow from the initiatives, for the clerk to write on."""
    movement, year = subject.movement, subject.year
    rows = solutions(movement.pk, year)
    registered = initiatives(movement, [year]).count()
    situation = (
        f"{desk.school.name} có {counted(departments(desk.school).count())} tổ, bộ phận với "
        f"{counted(staff_count(desk.school, desk.today))} cán bộ, giáo viên, nhân viên. "
        f"Năm {year}, nhà trường có {counted(registered)} mô hình, giải pháp, sáng kiến được "
        f"đăng ký, trong đó {counted(len(rows))} đã báo cáo kết quả."
    )
    gathered = {code: _gathered(rows, code) for code in ASSESSED}
    return {"situation": situation, "current_state": _gathered(rows, "current_state"), **gathered}


def _gathered(rows: list[dict[str, Any]], code: str) -> str:
    written = [(one["title"], one["report"].get(code) or one.get(code, "")) for one in rows]
    return "\n".join(
        f"- {title}: {' '.join(text.split())}" for title, text in written if text.strip()
    )


def _body(rows: list[dict[str, Any]], general: Mapping[str, str], desk: Desk) -> tuple[Block, ...]:
    body: list[Block] = []
    for code, title in SECTIONS.items():
        body.append(Block("section", title))
        if code in ("solution", "results"):
            part = gathered_summary if code == "solution" else gathered_results
            for number, one in enumerate(rows, start=1):
                body += [Block("item", f"{number}. {one['title']}"), *part(one)]
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
