"""How the decree writes dates, numbers and offices (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import re
from datetime import date
from decimal import Decimal

HEAD_OFFICE = "Hiệu trưởng"
NO_DAY = "ngày      tháng      năm"
_TITLES = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|ThS|CN|KS|BS|NGND|NGƯT|Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Cử nhân)"
    r"(?:\.\s*|\s+))+"
)
"""A signer's name carries no academic title (Phụ lục I, II.7.d)."""


def day(when: date) -> str:
    """Days below 10 and the months 1 and 2 take a zero before them; other months none."""
    month = f"{when.month:02}" if when.month <= 2 else str(when.month)
    return f"ngày {when.day:02} tháng {month} năm {when.year}"


def short_day(when: date) -> str:
    return f"{when:%d/%m/%Y}"


def place_and_day(place: str, when: date | None) -> str:
    return f"{place}, {day(when) if when else NO_DAY}"


def number(value: int | None, symbol: str, abbreviation: str) -> str:
    """A number below 10 takes a zero before it; a draft leaves room to write one."""
    return f"Số: {f'{value:02}' if value else '      '}/{symbol}-{abbreviation}"


def counted(value: int) -> str:
    return f"{value:02}"


def figure(value: Decimal) -> str:
    """With a comma before decimals and dots between thousands, without zeros that say nothing."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int) -> str:
    return f"{figure(Decimal(part * 100) / whole)}%" if whole else "–"


def without_titles(name: str) -> str:
    return _TITLES.sub("", name.strip())


def abbreviation(name: str) -> str:
    """ "Trường THPT Phú Hòa" is THPTPH: capitals stay, of other words the first letter."""
    words = re.sub(r"^Trường\s+", "", name.strip()).split()
    return "".join(word if word.isupper() else word[0].upper() for word in words)
