"""The yearly report follows the form attached to the plan, for any number of solutions."""

from typing import Any

import pytest

from reports.kinds import Kind
from reports.papers.paper import laid_out
from tests.reports.conftest import School, furnish

FORM = (
    "I. ĐẶC ĐIỂM TÌNH HÌNH",
    "II. THỰC TRẠNG TẠI ĐỊA PHƯƠNG/CƠ QUAN, ĐƠN VỊ",
    "III. TÓM TẮT VỀ MÔ HÌNH, GIẢI PHÁP",
    "IV. KẾT QUẢ ĐẠT ĐƯỢC SAU KHI ÁP DỤNG MÔ HÌNH, GIẢI PHÁP",
    "V. ĐÁNH GIÁ CHUNG",
)
"""As the plan prints it (seed: ke-hoach-thi-dua-cchc-2023-2025, the form attached)."""
ASSESSMENT = ["1. Ưu điểm", "2. Hạn chế", "3. Bài học kinh nghiệm"]


def sections(words):
    """Title of each section → the blocks below it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for block in words["body"]:
        if block["style"] == "section":
            found[block["text"]] = []
        else:
            found[list(found)[-1]].append(block)
    return found


@pytest.mark.parametrize("kind", [Kind.YEARLY_REPORT, Kind.YEARLY_REPORT_30])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_each_solution_has_its_block_in_both_parts(count, kind, world):
    furnish(world)
    made = [world.at("evaluated") for _number in range(count)]
    parts = sections(laid_out(School(world).paper(kind)))
    assert tuple(parts) == FORM
    wanted = sorted(one.title for one in made)
    for title in FORM[2:4]:
        items = [one["text"] for one in parts[title] if one["style"] == "item"]
        assert [one.partition(". ")[0] for one in items] == [str(n + 1) for n in range(count)]
        assert sorted(one.partition(". ")[2] for one in items) == wanted
    assert [one["text"] for one in parts[FORM[4]] if one["style"] == "item"] == ASSESSMENT


def test_the_results_have_figures_before_and_after_and_their_evidence(school):
    parts = sections(laid_out(school.paper(Kind.YEARLY_REPORT)))
    (table,) = [one for one in parts[FORM[3]] if one["style"] == "table"]
    assert [one["title"] for one in table["columns"]][3:] == [
        "Trước khi áp dụng",
        "Sau khi áp dụng",
    ]
    assert [[cell["lines"] for cell in row] for row in table["rows"]] == [
        [["1"], ["Thời gian duyệt"], ["ngày"], ["5"], ["2"]]
    ]
    assert "- Thời gian duyệt: Sổ theo dõi" in [one["text"] for one in parts[FORM[3]]]


def test_the_form_of_the_department_names_its_plan_and_the_decree_addresses(school):
    department = laid_out(school.paper(Kind.YEARLY_REPORT))
    decree = laid_out(school.paper(Kind.YEARLY_REPORT_30))
    assert department["note"].startswith(
        "(Đính kèm Kế hoạch số 4455/KH-SGDĐT ngày 17 tháng 8 năm 2023"
    )
    assert not department["to"]
    assert department["recipients"][0].endswith("(để báo cáo);")
    assert decree["to"] == "Kính gửi: Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh."
    assert (decree["recipients"][0], decree["note"]) == ("- Như trên;", "")


def test_what_the_clerk_writes_stands_instead_of_what_was_gathered(school):
    words = {"situation": "Trường có 40 lớp.\nCó phòng máy.", "strengths": "Dễ áp dụng."}
    parts = sections(laid_out(school.paper(Kind.YEARLY_REPORT, **words)))
    assert [one["text"] for one in parts[FORM[0]]] == ["Trường có 40 lớp.", "Có phòng máy."]
    assert "Dễ áp dụng." in [one["text"] for one in parts[FORM[4]]]


def test_the_year_is_the_one_reported(school):
    assert school.paper(Kind.YEARLY_REPORT).abstract.endswith(f"năm {school.world.now.year}")
