"""The decision that recognises initiatives (Quyết định, form 1.2 of Nghị định 30/2020/NĐ-CP)."""

from django.utils.translation import gettext_lazy as _

from reports.papers.content.desk import Desk
from reports.papers.content.matter import NothingToWrite, authors, bases, initiatives
from reports.papers.paper import Block, Column, Paper
from reports.papers.wording import counted
from workflow.models import Initiative, Movement, State

SYMBOL = "QĐ"
STATUTE = (
    "Căn cứ Điều lệ Sáng kiến ban hành kèm theo Nghị định số 13/2012/NĐ-CP "
    "ngày 02 tháng 3 năm 2012 của Chính phủ"
)
COLUMNS = (
    Column("STT", 8, figure=True),
    Column("Tên sáng kiến", 44),
    Column("Tác giả", 28),
    Column("Tổ, bộ phận", 18),
)


def build(subject: tuple[Movement, int], desk: Desk) -> Paper:
    movement, year = subject
    rows = list(initiatives(movement, [year], (State.EVALUATED,)).filter(recognised=True))
    if not rows:
        raise NothingToWrite(_("No initiative of this year has been recognised yet."))
    council = f"Theo đề nghị của Hội đồng sáng kiến {desk.school.name}"
    return Paper(
        **desk.head(SYMBOL),
        type="Quyết định",
        abstract=f"Về việc công nhận sáng kiến năm {year}",
        authority=f"Hiệu trưởng {desk.school.name}",
        bases=desk.lines("bases", (STATUTE, *bases(movement), council)),
        body=(Block("command", "QUYẾT ĐỊNH:"), *_articles(rows, movement, year, desk)),
        recipients=desk.lines(
            "recipients",
            (f"Như Điều {3 if _replicated(rows) else 2}", "Hội đồng sáng kiến", "Lưu: VT"),
        ),
    )


def _replicated(rows: list[Initiative]) -> list[Initiative]:
    return [one for one in rows if one.replicated]


def _articles(
    rows: list[Initiative], movement: Movement, year: int, desk: Desk
) -> tuple[Block, ...]:
    table = tuple(
        (str(number), one.title, authors(one), one.unit.name)
        for number, one in enumerate(rows, start=1)
    )
    first = (
        f"Công nhận {counted(len(rows))} sáng kiến năm {year} thuộc {movement.name} "
        f"của {desk.school.name}, có tên sau đây:"
    )
    articles = [first]
    if chosen := _replicated(rows):
        names = "; ".join(f"“{one.title}”" for one in chosen)
        articles.append(
            f"Nhân rộng tại {desk.school.name} {counted(len(chosen))} sáng kiến: {names}."
        )
    articles.append(
        "Quyết định này có hiệu lực kể từ ngày ký. Các tổ, bộ phận và các tác giả có tên tại "
        "Điều 1 chịu trách nhiệm thi hành Quyết định này"
    )
    blocks = [
        Block("text", text, label=f"Điều {number}.")
        for number, text in enumerate(articles, start=1)
    ]
    return (blocks[0], Block("table", columns=COLUMNS, rows=table), *blocks[1:])
