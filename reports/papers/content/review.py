"""The interim review of one year (sơ kết) and the final one of all years (tổng kết)."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from reports.papers.content.desk import Desk
from reports.papers.content.matter import (
    NothingToWrite,
    authors,
    bases,
    departments,
    initiatives,
    staff_count,
    years_of,
)
from reports.papers.paper import Block, Column, Paper, texts
from reports.papers.wording import counted, percent
from workflow.models import REPORTED, Initiative, Movement, State
from workflow.models.grade import Grade

SYMBOL = "BC"
ROMAN = ("I", "II", "III", "IV", "V")
TYPED = {"assessment": "Đánh giá chung", "directions": "Phương hướng, nhiệm vụ thời gian tới"}


def interim(subject: tuple[Movement, int], desk: Desk) -> Paper:
    movement, year = subject
    return _review(movement, [year], f"Sơ kết năm {year} {_uncapital(movement.name)}", desk)


def final(movement: Movement, desk: Desk) -> Paper:
    return _review(movement, years_of(movement), f"Tổng kết {_uncapital(movement.name)}", desk)


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _review(movement: Movement, years: list[int], abstract: str, desk: Desk) -> Paper:
    rows = list(initiatives(movement, years))
    if not rows:
        raise NothingToWrite(_("Nothing has been registered yet that could be summed up."))
    above = desk.school.parent.name if desk.school.parent else ""
    parts = [
        ("Tình hình triển khai", _launch(movement, rows, years, desk)),
        ("Kết quả thực hiện", _results(rows, years, desk)),
        ("Mô hình, sáng kiến được công nhận, nhân rộng", _recognised(rows)),
        *(
            (title, texts("text", desk.text(name)))
            for name, title in TYPED.items()
            if desk.text(name)
        ),
    ]
    body = [block for number, (title, blocks) in enumerate(parts)
            for block in (Block("section", f"{ROMAN[number]}. {title}"), *blocks)]  # fmt: skip
    return Paper(
        **desk.head(SYMBOL),
        type="Báo cáo",
        abstract=abstract,
        to=f"Kính gửi: {above}." if above else "",
        bases=desk.lines("bases", bases(movement)),
        body=(*body, Block("text", f"Trên đây là báo cáo của {desk.school.name}")),
        recipients=desk.lines("recipients", ("Như trên", "Lãnh đạo nhà trường", "Lưu: VT")),
    )


def _launch(
    movement: Movement, rows: list[Initiative], years: list[int], desk: Desk
) -> tuple[Block, ...]:
    span = f"năm {years[0]} " if len(years) == 1 else ""
    text = (
        f"{desk.school.name} triển khai {_uncapital(movement.name)} {span}đến "
        f"{counted(departments(desk.school).count())} tổ, bộ phận với "
        f"{counted(staff_count(desk.school, desk.today))} cán bộ, giáo viên, nhân viên; có "
        f"{counted(len(rows))} mô hình, giải pháp, sáng kiến được đăng ký."
    )
    return (*texts("text", movement.purpose), Block("text", text))


def _results(rows: list[Initiative], years: list[int], desk: Desk) -> tuple[Block, ...]:
    return (
        _yearly("Số liệu chung", _general_lines(rows, desk), rows, years),
        _yearly("Mức độ hoàn thành của nội dung đã đăng ký", _grade_lines(), rows, years),
        _yearly("Số đăng ký của từng tổ, bộ phận", _unit_lines(desk), rows, years),
    )


Counting = list[tuple[str, object]]


def _yearly(title: str, lines: Counting, rows: list[Initiative], years: list[int]) -> Block:
    """A row for each line, a column for each year, and their sum when there are several."""
    spans = [[year] for year in years] + ([years] if len(years) > 1 else [])
    heads = [*(str(year) for year in years), *(["Cả giai đoạn"] if len(years) > 1 else [])]
    columns = (Column("Nội dung", 44), *(Column(head, 14, figure=True) for head in heads))
    parts = [[one for one in rows if one.round.year in span] for span in spans]
    table = tuple((name, *(str(count(part)) for part in parts)) for name, count in lines)  # type: ignore[operator]
    return Block("table", title, columns=columns, rows=table)


def _general_lines(rows: list[Initiative], desk: Desk) -> Counting:
    units, staff = departments(desk.school).count(), staff_count(desk.school, desk.today)

    def people(part: list[Initiative]) -> int:
        return len({row.user_id for one in part for row in one.authorships.all()})

    return [
        ("Mô hình, giải pháp, sáng kiến được đăng ký", len),
        ("Đã báo cáo kết quả", lambda part: sum(one.state in REPORTED for one in part)),
        ("Đã đánh giá", lambda part: sum(one.state == State.EVALUATED for one in part)),
        ("Được công nhận", lambda part: sum(one.recognised for one in part)),
        ("Được nhân rộng", lambda part: sum(one.replicated for one in part)),
        (
            "Tổ, bộ phận có ít nhất 01 đăng ký",
            lambda part: f"{len({one.unit_id for one in part})}/{units}",
        ),
        ("Tỷ lệ người tham gia", lambda part: percent(people(part), staff)),
    ]


def _grade_lines() -> Counting:
    def graded(grade: str) -> object:
        return lambda part: Counter(one.grade for one in part)[grade]

    return [(str(grade.label), graded(grade)) for grade in Grade]


def _unit_lines(desk: Desk) -> Counting:
    def of(unit: int) -> object:
        return lambda part: sum(one.unit_id == unit for one in part)

    return [(unit.name, of(unit.pk)) for unit in departments(desk.school).order_by("name")]


RECOGNISED = (
    Column("STT", 8, figure=True),
    Column("Năm", 9, figure=True),
    Column("Tên sáng kiến", 40),
    Column("Tác giả", 24),
    Column("Tổ, bộ phận", 16),
    Column("Nhân rộng", 10, figure=True),
)


def _recognised(rows: list[Initiative]) -> tuple[Block, ...]:
    chosen = [one for one in rows if one.recognised]
    if not chosen:
        return (Block("text", "Chưa có sáng kiến nào được công nhận."),)
    table = tuple(
        (str(number), str(one.round.year), one.title, authors(one), one.unit.name,
         "Có" if one.replicated else "–")
        for number, one in enumerate(chosen, start=1)
    )  # fmt: skip
    opening = f"Có {counted(len(chosen))} sáng kiến được công nhận:"
    return (Block("text", opening), Block("table", columns=RECOGNISED, rows=table))
