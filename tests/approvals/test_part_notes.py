"""Notes on single parts: an approver writes them with a return, the author reads them there."""

import re

import pytest
from django.urls import reverse

from approvals.models import Decision
from approvals.notes import LONGEST
from approvals.policy import Action
from approvals.refusal import Refused
from tests.approvals import routes as steps

pytestmark = pytest.mark.both_databases
NOTES = {"solution": "Nêu rõ ai ký số.", "title": "Ngắn gọn hơn.", "measures": "Thiếu nguồn."}
TOO_LONG_NOTE = "x" * (LONGEST + 1)
TOO_LONG_SAID = "Góp ý này quá dài: hãy rút gọn còn tối đa 1.000 ký tự."
OF_REPORT = {"report.lessons": "Chưa có bài học."}


def press(client, world, who, action, initiative, **form):
    client.force_login(world.people[who])
    return client.post(reverse("approvals:act", args=[initiative.pk, action]), form)


def page(client, world, who, name, initiative):
    client.force_login(world.people[who])
    return client.get(reverse(f"approvals:{name}", args=[initiative.pk])).content.decode()


def test_a_return_keeps_the_notes_in_the_decision_and_in_the_audit(world, client):
    initiative = world.at("with_head")
    form = {"comment": "Xem góp ý.", "note_solution": f" {NOTES['solution']} ", "note_title": "  "}
    assert press(client, world, "head", "return", initiative, **form).status_code == 302
    decision = Decision.objects.get()
    assert decision.notes == {"solution": NOTES["solution"]}
    assert initiative.audit.get(action="return").facts["notes"] == decision.notes


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_notes_with_another_verdict_are_kept_on_the_page_and_nothing_is_decided(
    action, world, client
):
    initiative = world.at("with_head")
    form = {"comment": "Đồng ý.", "note_solution": NOTES["solution"]}
    answer = press(client, world, "head", action, initiative, **form)
    assert answer.status_code == 422
    assert NOTES["solution"] in answer.content.decode()
    assert "chỉ gửi kèm khi trả lại hồ sơ" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("action", ["return", "reject"])
def test_a_verdict_without_its_comment_is_shown_again_with_room_for_notes(action, world, client):
    answer = press(client, world, "head", action, world.at("with_head"), note_title="")
    assert answer.status_code == 422
    assert 'name="note_title"' in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "notes"),
    [("approve", {"solution": "?"}), ("reject", {"solution": "?"}), ("return", {"secret": "?"}),
     ("return", {"report.lessons": "?"}), ("return", {"code": "?"})],
)  # fmt: skip
def test_the_door_refuses_notes_that_lead_nowhere(action, notes, world):
    initiative = world.at("with_head")
    with pytest.raises(Refused):
        world.do("head", action, initiative, comment="Vì sao.", notes=notes)


def test_the_door_takes_a_note_of_the_longest_length_whole_and_refuses_a_longer_one(world):
    initiative = world.at("with_head")
    with pytest.raises(Refused, match=TOO_LONG_SAID):
        world.do("head", "return", initiative, comment="Vì sao.", notes={"title": TOO_LONG_NOTE})
    assert not Decision.objects.exists()
    longest = TOO_LONG_NOTE[1:]
    world.do("head", "return", initiative, comment="Vì sao.", notes={"title": f" {longest}\n"})
    assert Decision.objects.get().notes == {"title": longest}


def test_a_note_too_long_is_shown_again_with_the_reason_beside_it(world, client):
    initiative = world.at("with_head")
    form = {"comment": "Xem góp ý.", "note_solution": TOO_LONG_NOTE}
    answer = press(client, world, "head", "return", initiative, **form)
    assert answer.status_code == 422
    page = answer.content.decode()
    beside = page[page.index(TOO_LONG_NOTE) : page.index('for="id_note_expected_results"')]
    assert TOO_LONG_SAID in beside
    assert not Decision.objects.exists()


def test_the_author_reads_each_note_beside_its_part(world, client):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Xem góp ý.", notes={"solution": "Ai ký?"})
    written = page(client, world, "author", "edit", initiative)
    assert "Những điểm cần chỉnh sửa" in written
    assert written.count("Ai ký?") == 2  # in the list, and at the field
    assert "Ai ký?" in page(client, world, "author", "dossier", initiative)


def test_a_report_has_its_notes_on_its_sections_and_figures(world, client):
    initiative = world.at("report_with_head")
    notes = OF_REPORT | {"measures": NOTES["measures"]}
    world.do("head", "return", initiative, comment="Xem góp ý.", notes=notes)
    written = page(client, world, "author", "edit_report", initiative)
    assert written.count(OF_REPORT["report.lessons"]) == 2
    assert NOTES["measures"] in written


def test_notes_are_gone_from_the_form_once_it_was_submitted_again(world, client):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Xem góp ý.", notes={"solution": "Ai ký?"})
    world.do("author", "edit", initiative, title="Một tên ngắn")
    world.do("author", "submit", initiative)
    world.do("author", "recall", initiative)
    assert "Ai ký?" not in page(client, world, "author", "edit", initiative)
    assert "Ai ký?" in page(client, world, "head", "dossier", initiative)


def test_a_return_taken_back_asks_for_nothing(world, client):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Xem góp ý.", notes={"solution": "Ai ký?"})
    world.do("head", Action.UNDO, initiative)
    assert "Ai ký?" in page(client, world, "head", "dossier", initiative)
    world.do("author", "recall", initiative)
    assert "Ai ký?" not in page(client, world, "author", "edit", initiative)


def test_the_school_report_is_returned_with_notes_too(world, client):
    world.at("reported")
    report = world.school_report("pending")
    section = next(iter(report.report))
    notes = {f"report.{section}": "Viết gọn lại."}
    world.do("principal", "return", report, comment="Xem góp ý.", notes=notes)
    assert page(client, world, "clerk", "write_yearly", report).count("Viết gọn lại.") == 2


def test_nobody_writes_the_authors_or_the_title_of_a_school_report(world, client):
    world.at("reported")
    report = world.school_report("pending")
    client.force_login(world.principal)
    offered = client.get(reverse("approvals:act", args=[report.pk, "return"])).content.decode()
    sections = {f"note_report.{code}" for code in report.report}
    assert set(re.findall(r'name="(note_[^"]+)"', offered)) == sections | {"note_solutions"}


def test_a_council_that_votes_is_offered_no_notes(world, client):
    world.route("evaluate", steps.COUNCIL | steps.BOTH, steps.PRINCIPAL | steps.GRADE)
    initiative = world.at("reported")
    world.do("secretary", "open_evaluation", initiative)
    assert "note_solution" not in page(client, world, "council", "dossier", initiative)


@pytest.mark.parametrize(
    ("situation", "offered", "others"),
    [
        ("with_head", "title solution authors", "code unit lead report.lessons"),
        ("report_with_head", "report.lessons measures", "title solution authors code"),
    ],
)
def test_notes_are_offered_on_what_is_written_again(situation, offered, others, world, client):
    shown = page(client, world, "head", "dossier", world.at(situation))
    assert all(f'name="note_{name}"' in shown for name in offered.split())
    assert not any(f'name="note_{name}"' in shown for name in others.split())
