"""The minutes of the council that evaluated the initiatives of a year (Biên bản, form 1.10)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.roles import Role
from reports.papers.content.ballots import ballots, with_votes
from reports.papers.content.desk import Desk
from reports.papers.content.matter import NothingToWrite, initiatives
from reports.papers.paper import Block, Column, Paper, Signature
from reports.papers.wording import counted, day, figure, without_titles
from workflow.models import Initiative, Movement, State

SYMBOL = "BB"
COLUMNS = (
    Column("STT", 8, figure=True),
    Column("Tên mô hình, giải pháp, sáng kiến", 36),
    Column("Tổ, bộ phận", 16),
    Column("Điểm", 10, figure=True),
    Column("Mức độ hoàn thành", 18),
    Column("Công nhận", 10, figure=True),
    Column("Nhân rộng", 10, figure=True),
)
UNKNOWN = "…… giờ …… phút"


def build(subject: tuple[Movement, int], desk: Desk) -> Paper:
    movement, year = subject
    rows = list(with_votes(initiatives(movement, [year], (State.EVALUATED,))))
    if not rows:
        raise NothingToWrite(_("No initiative of this year has been evaluated yet."))
    secretary = _names(desk, Role.SECRETARY)
    head = desk.head(SYMBOL)
    chair = Signature(("Chủ tọa",), head["signature"].name)
    return Paper(
        **head | {"signature": chair},
        type="Biên bản",
        abstract=f"Họp Hội đồng sáng kiến đánh giá mô hình, giải pháp, sáng kiến năm {year}",
        body=(*_session(desk), *_matter(rows, movement, year), *_end(desk)),
        recipients=desk.lines("recipients", ("Thành viên Hội đồng sáng kiến", "Lưu: VT, hồ sơ")),
        beside=Signature(("Thư ký",), without_titles(secretary[0]) if secretary else ""),
    )


def _names(desk: Desk, role: str) -> list[str]:
    members = Membership.objects.in_force(desk.today).filter(unit=desk.school, role=role)
    return list(members.order_by("pk").values_list("user__full_name", flat=True))


def _hour(moment: Any) -> str:
    return f"{moment:%H} giờ {moment:%M} phút" if moment else UNKNOWN


def _session(desk: Desk) -> tuple[Block, ...]:
    held_on = desk.words.get("held_on") or desk.today
    council = _names(desk, Role.COUNCIL)
    present = f"{counted(len(council))} thành viên: {'; '.join(council)}." if council else "……"
    return (
        Block(
            "text", f"{_hour(desk.words.get('began'))}, {day(held_on)}.", label="Thời gian bắt đầu:"
        ),
        Block("text", f"{desk.text('venue') or desk.school.name}.", label="Địa điểm:"),
        Block("text", present, label="Thành phần tham dự:"),
        Block("text", f"{desk.signer.signature.name}.", label="Chủ trì (chủ tọa):"),
        Block(
            "text",
            f"{'; '.join(_names(desk, Role.SECRETARY)) or '……'}.",
            label="Thư ký (người ghi biên bản):",
        ),
        Block("text", "", label="Nội dung:"),
    )


def _matter(rows: list[Initiative], movement: Movement, year: int) -> tuple[Block, ...]:
    recognised = sum(one.recognised for one in rows)
    replicated = sum(one.replicated for one in rows)
    table = tuple(
        (str(number), one.title, one.unit.name, "–" if one.score is None else figure(one.score),
         one.get_grade_display(), "Có" if one.recognised else "–", "Có" if one.replicated else "–")
        for number, one in enumerate(rows, start=1)
    )  # fmt: skip
    opening = (
        f"Hội đồng xem xét, chấm điểm {counted(len(rows))} mô hình, giải pháp, sáng kiến "
        f"năm {year} thuộc {movement.name} theo phiếu chấm, kết quả như sau:"
    )
    proposal = (
        f"Hội đồng đề nghị công nhận {counted(recognised)} sáng kiến, "
        f"nhân rộng {counted(replicated)} mô hình, giải pháp, sáng kiến."
    )
    table_block = Block("table", columns=COLUMNS, rows=table)
    return (Block("text", opening), table_block, *ballots(rows), Block("text", proposal))


def _end(desk: Desk) -> tuple[Block, ...]:
    held_on = desk.words.get("held_on") or desk.today
    ended = f"Cuộc họp kết thúc vào {_hour(desk.words.get('ended'))}, {day(held_on)}"
    return (*(Block("text", one) for one in desk.lines("remarks", ())), Block("text", ended))
