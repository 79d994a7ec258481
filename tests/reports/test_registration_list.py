"""The registration list as a spreadsheet: its days are those of Việt Nam."""

from datetime import timedelta

import pytest

from reports.papers.content.registration_list import SHEET, sheet

SUBMITTED = SHEET.index("Ngày trình đăng ký")


@pytest.mark.both_databases
def test_what_was_put_forward_before_seven_in_the_morning_is_of_that_day(world):
    world.now = world.now.replace(hour=6)
    initiative = world.at("with_head")
    world.later(hours=3)
    world.do("head", "return", initiative, comment="Thiếu số liệu.")
    world.now = (world.now + timedelta(days=1)).replace(hour=6, minute=30)
    world.do("author", "submit", initiative)
    world.later(hours=3)
    world.do("head", "approve", initiative)
    world.do("principal", "approve", initiative)
    (row,) = sheet(world.round)[1]
    assert row[SUBMITTED] == f"{world.now:%d/%m/%Y}"
