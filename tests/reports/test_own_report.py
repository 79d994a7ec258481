"""An initiative's own report names everything that proves its results, words and files alike."""

from reports.kinds import Kind
from reports.papers.paper import laid_out
from tests.files import kept
from tests.reports.conftest import School, furnish
from tests.world import REPORT


def proofs(world):
    texts = [one["text"] for one in laid_out(School(world).paper(Kind.OWN_REPORT))["body"]]
    return [text for text in texts if text.startswith("- ")]


def test_what_was_written_and_attached_stands_below_the_figures(world):
    furnish(world)
    initiative = world.at("in_progress")
    world.do("author", "attach", initiative, files=[kept()], caption="Trước và sau")
    world.do("author", "edit_report", initiative, **REPORT)
    world.do("author", "submit_report", initiative)
    world.do("head", "approve", initiative)
    file = initiative.evidence.get()
    assert proofs(world) == [
        "- Thời gian duyệt: Sổ theo dõi",
        f"- Tệp đính kèm: {file.name} – Trước và sau",
    ]


def test_a_result_that_a_file_alone_proves_has_no_empty_line(world):
    furnish(world)
    initiative = world.at("in_progress")
    measures = [
        {"indicator": "Số trang", "unit": "trang", "before": 310, "after": 0, "evidence": ""}
    ]
    world.do("author", "edit_report", initiative, **REPORT | {"measures": measures})
    world.do("author", "attach", initiative, files=[kept()], result="Số trang")
    world.do("author", "submit_report", initiative)
    world.do("head", "approve", initiative)
    assert proofs(world) == [f"- Tệp đính kèm: {initiative.evidence.get().name}"]
