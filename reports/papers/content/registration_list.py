"""What a round has registered, for the superior body to sum up ("để tổng hợp")."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from reports.papers.content.desk import Desk
from reports.papers.content.matter import NothingToWrite, authors, bases, initiatives
from reports.papers.paper import Block, Column, Paper
from reports.papers.wording import counted, short_day
from workflow.deadlines import local_day
from workflow.models import Gate, Initiative, Round, Submission

SYMBOL = "BC"
COLUMNS = (
    Column("STT", 8, figure=True),
    Column("Tên mô hình, giải pháp, sáng kiến", 32),
    Column("Loại", 12),
    Column("Tác giả, người phụ trách", 24),
    Column("Tổ, bộ phận", 15),
    Column("Lĩnh vực", 16),
)
SHEET = ("STT", "Mã số", "Tên mô hình, giải pháp, sáng kiến", "Loại", "Hình thức", "Lĩnh vực",
         "Tổ, bộ phận", "Người phụ trách", "Tác giả và tỷ lệ đóng góp", "Ngày trình đăng ký",
         "Thực trạng", "Nội dung giải pháp", "Kết quả dự kiến", "Trạng thái")  # fmt: skip


def build(round_: Round, desk: Desk) -> Paper:
    rows = _registered(round_)
    units = len({one.unit_id for one in rows})
    about = f"{round_.name.lower()} năm {round_.year}"
    opening = (
        f"Thực hiện {round_.movement.name}, {desk.school.name} báo cáo kết quả đăng ký {about} "
        f"như sau: có {counted(len(rows))} mô hình, giải pháp, sáng kiến được đăng ký, thuộc "
        f"{counted(units)} tổ, bộ phận."
    )
    table = tuple(
        (str(number), one.title, one.get_kind_display().capitalize(), authors(one),
         one.unit.name, one.field)
        for number, one in enumerate(rows, start=1)
    )  # fmt: skip
    return Paper(
        **desk.head(SYMBOL),
        type="Báo cáo",
        abstract=f"Kết quả đăng ký mô hình, giải pháp, sáng kiến {about}",
        to=f"Kính gửi: {desk.school.parent.name}." if desk.school.parent else "",
        bases=desk.lines("bases", bases(round_.movement)),
        body=(
            Block("text", opening),
            Block("table", "Danh sách mô hình, giải pháp, sáng kiến", columns=COLUMNS, rows=table),
            Block(
                "text", f"Trên đây là kết quả đăng ký của {desk.school.name}, kính gửi để tổng hợp"
            ),
        ),
        recipients=desk.lines(
            "recipients", ("Như trên (để tổng hợp)", "Lãnh đạo nhà trường", "Lưu: VT")
        ),
    )


def sheet(round_: Round) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The same with everything that was registered, for a spreadsheet."""
    rows: list[tuple[str, ...]] = [
        (
            str(number), one.code, one.title, one.get_kind_display().capitalize(),
            one.get_scope_display().capitalize(), one.field, one.unit.name, one.lead.full_name,
            authors(one), _submitted(one), one.current_state, one.solution, one.expected_results,
            one.get_state_display().capitalize(),
        )
        for number, one in enumerate(_registered(round_), start=1)
    ]  # fmt: skip
    return SHEET, rows


def _registered(round_: Round) -> list[Initiative]:
    rows = initiatives(round_.movement, [round_.year]).filter(round=round_)
    if not rows:
        raise NothingToWrite(_("Nothing has been registered in this round yet."))
    passed = Submission.objects.passed(Gate.REGISTER).defer("content", "route", "sheet")
    return list(rows.prefetch_related(Prefetch("submissions", passed)))


def _submitted(initiative: Initiative) -> str:
    """The day in Việt Nam on which what was agreed to had been put forward."""
    passed = list(initiative.submissions.all())
    return short_day(local_day(passed[-1].submitted_at)) if passed else ""
