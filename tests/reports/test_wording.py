"""Dates, numbers and names as the decree writes them."""

from datetime import date
from decimal import Decimal

import pytest

from reports.papers import wording


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (date(2025, 1, 5), "ngày 05 tháng 01 năm 2025"),
        (date(2025, 2, 28), "ngày 28 tháng 02 năm 2025"),
        (date(2025, 3, 9), "ngày 09 tháng 3 năm 2025"),
        (date(2025, 10, 31), "ngày 31 tháng 10 năm 2025"),
    ],
)
def test_a_zero_stands_before_days_below_ten_and_the_first_two_months(when, written):
    assert wording.day(when) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(5, "Số: 05/BC-THPTPH"), (10, "Số: 10/BC-THPTPH"), (123, "Số: 123/BC-THPTPH")],
)
def test_a_number_below_ten_takes_a_zero(value, written):
    assert wording.number(value, "BC", "THPTPH") == written


def test_a_draft_leaves_room_for_number_and_day():
    assert wording.number(None, "QĐ", "X").split() == ["Số:", "/QĐ-X"]
    assert wording.place_and_day("Thành phố Hồ Chí Minh", None).endswith(wording.NO_DAY)


@pytest.mark.parametrize(
    ("value", "written"),
    [("5", "5"), ("2.50", "2,5"), ("1200", "1.200"), ("1234567.8", "1.234.567,8"), ("0.25", "0,25"),
     ("-3", "-3"), ("100", "100")],
)  # fmt: skip
def test_figures_have_a_comma_before_decimals(value, written):
    assert wording.figure(Decimal(value)) == written


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("ThS. Nguyễn Hữu Thọ", "Nguyễn Hữu Thọ"),
        ("PGS. TS. Trần Văn B", "Trần Văn B"),
        ("PGS.TS Trần Văn B", "Trần Văn B"),
        ("Thạc sĩ Lê C", "Lê C"),
        ("Cnut Tsang", "Cnut Tsang"),
        ("Nguyễn Thị Thu", "Nguyễn Thị Thu"),
    ],
)
def test_a_signer_has_no_academic_title(name, bare):
    assert wording.without_titles(name) == bare


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Trường THPT Phú Hòa", "THPTPH"),
        ("THPT Nguyễn Hữu Cầu", "THPTNHC"),
        ("Trường THCS Tân Phú", "THCSTP"),
    ],
)
def test_a_school_is_abbreviated_by_its_capitals(name, short):
    assert wording.abbreviation(name) == short
