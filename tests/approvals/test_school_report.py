"""The school's report passes its gate by the same machinery as an initiative."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from approvals.create_report import draft_report
from approvals.gather import open_case
from approvals.refusal import Refused
from approvals.since import since_seen
from notifications.models import Message
from workflow.canonical import digest
from workflow.models import APPROVED, GENERAL, Initiative, SchoolReport, State, WorkItem

pytestmark = pytest.mark.both_databases


@pytest.fixture
def solution(world):
    return world.at("reported")


def open_items(report):
    return [
        (item.duty, item.role or item.person.email.partition("@")[0])
        for item in WorkItem.objects.open().filter(initiative=report).select_related("person")
    ]


def test_a_draft_gathers_what_was_verified(world, solution):
    world.at("in_progress")
    report = world.school_report("draft")
    (block,) = report.school_report.solutions
    passed = solution.submissions.get(gate="report")
    assert (block["initiative"], block["submission"]) == (solution.pk, passed.content_hash)
    assert (block["title"], block["unit"]) == (solution.title, "Tổ Toán")
    assert block["report"]["results"] == "Đã thực hiện."
    assert [(one["indicator"], one["before"], one["after"]) for one in block["measures"]] == [
        ("Thời gian duyệt", "5.00", "2.00")
    ]
    assert {one["name"]: one["share"] for one in block["authors"]} == {
        "Author": 70, "Co Author": 30,
    }  # fmt: skip
    assert open_items(report) == [("report", "clerk")]


def test_it_is_approved_by_the_principal_and_frozen(world, solution):
    report = world.school_report("draft")
    world.do("clerk", "submit_yearly", report)
    assert open_items(report) == [("decide", "principal")]
    submission = report.pending
    assert Message.objects.filter(kind="decision_wanted", recipient=world.principal,
                                  initiative=report).exists()  # fmt: skip
    world.do("principal", "approve", report)
    submission.refresh_from_db()
    assert (report.state, submission.status, open_items(report)) == (APPROVED, "passed", [])
    assert digest(submission.content) == submission.content_hash
    assert json.loads(submission.content)["solutions"] == report.school_report.solutions
    assert submission.decisions.get().seen_hash == submission.content_hash
    assert Message.objects.filter(kind="report_approved", recipient=world.clerk).count() == 1
    for action in ("write_yearly", "gather", "submit_yearly"):
        with pytest.raises(Refused, match="đã được duyệt"):
            world.do("clerk", action, report, sections={"situation": "Khác."})


def since_returned(world, report):
    case = open_case(report.pk, world.principal, world.now, lock=False)
    return since_seen(case, report.submissions.all())


def test_a_return_shows_the_principal_what_changed_since(world, solution):
    report = world.school_report("pending")
    world.do("principal", "return", report, comment="Thêm số lớp.")
    assert (report.state, open_items(report)) == (State.DRAFT, [("report", "clerk")])
    world.do("clerk", "write_yearly", report, sections={"situation": "Trường có 40 lớp."})
    world.do("clerk", "submit_yearly", report)
    since = since_returned(world, report)
    assert since
    assert [change.name for change in since.changes] == ["report.situation"]
    assert ("new", "40") in since.changes[0].words


def test_gathering_again_shows_as_a_change(world, solution):
    report = world.school_report("pending")
    world.do("principal", "return", report, comment="Thiếu một giải pháp.")
    late = world.at("reported")
    assert world.do("clerk", "gather", report).changed
    assert not world.do("clerk", "gather", report).changed
    world.do("clerk", "submit_yearly", report)
    since = since_returned(world, report)
    assert since
    (change,) = since.changes
    assert change.name == "solutions"
    assert any(kind == "new" and late.code in words for kind, words in change.words)


@pytest.mark.parametrize("code", GENERAL)
def test_an_empty_section_keeps_it_from_being_submitted(code, world, solution):
    report = world.school_report("draft")
    world.do("clerk", "write_yearly", report, sections={code: "  "})
    with pytest.raises(Refused):
        world.do("clerk", "submit_yearly", report)
    assert report.pending is None


def test_whoever_wrote_does_not_decide(world, solution):
    """Segregation of duties: the route goes on to the next role up."""
    world.join("secretary", "school", "principal")
    world.join("principal", "school", "secretary")
    report = world.school_report("draft")
    for who in ("secretary", "principal"):
        world.do(who, "write_yearly", report, sections={"situation": f"Theo {who}."})
    assert sum(report.authorships.values_list("share", flat=True)) == 100
    world.do("clerk", "submit_yearly", report)
    assert open_items(report) == [("decide", "superior")]
    with pytest.raises(Refused, match="tác giả"):
        world.do("principal", "approve", report)


def test_reopening_gives_a_submission_of_its_own(world, solution):
    report = world.school_report("approved")
    first = report.submissions.get()
    with pytest.raises(Refused):
        world.do("principal", "reopen_yearly", report)
    world.do("principal", "reopen_yearly", report, comment="Sở yêu cầu bổ sung.")
    assert (report.state, open_items(report)) == (State.DRAFT, [("report", "clerk")])
    world.do("clerk", "write_yearly", report, sections={"lessons": "Làm sớm."})
    world.do("clerk", "submit_yearly", report)
    world.do("principal", "approve", report)
    second = report.submissions.latest("pk")
    first.refresh_from_db()
    assert (first.status, second.status) == ("passed", "passed")
    assert first.content_hash != second.content_hash
    assert report.audit.filter(action="reopen_yearly").get().facts["comment"]
    assert Message.objects.filter(kind="report_reopened", recipient=world.clerk).count() == 1


def test_what_somebody_saved_meanwhile_is_not_overwritten(world, solution):
    from approvals.moves.yearly import fingerprint

    report = world.school_report("draft")
    seen = fingerprint(report)
    world.do("secretary", "write_yearly", report, sections={"situation": "A."}, seen=seen)
    with pytest.raises(Refused, match="vẫn còn ở đây"):
        world.do("clerk", "write_yearly", report, sections={"situation": "B."}, seen=seen)
    assert report.report["situation"] == "A."


def test_there_is_one_for_each_movement_and_year(world, solution):
    report = world.school_report("draft")
    again = draft_report(world.movement.pk, 2025, world.secretary, world.now, {})
    assert (again.changed, again.initiative.pk) == (False, report.pk)
    other = world.at("draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolReport.objects.create(
            initiative=other, movement=world.movement, year=2025, gathered_at=world.now
        )


def test_there_is_none_of_nothing(world):
    world.at("in_progress")
    with pytest.raises(Refused, match="chưa có sáng kiến"):
        world.school_report("draft")


@pytest.mark.parametrize("who", ["author", "head", "council", "vice_principal", "principal"])
def test_only_clerk_and_secretary_draft_it(who, world, solution):
    with pytest.raises(Refused):
        world.school_report("draft", who=who)


def test_the_audit_covers_it(world, solution, capsys):
    report = world.school_report("approved")
    call_command("verify_audit")
    assert "of 2 dossiers hold" in capsys.readouterr().out
    Initiative.dossiers.filter(pk=report.pk).update(audit_head="0" * 64)
    with pytest.raises(Exception, match="1 broken"):
        call_command("verify_audit")
    assert report.code in capsys.readouterr().err


@pytest.mark.parametrize("state", [APPROVED])
def test_the_database_keeps_kinds_and_states_apart(state, world, solution):
    draft = world.draft()
    for change in ({"state": state}, {"kind": "school_report", "state": "registered"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Initiative.dossiers.filter(pk=draft.pk).update(**change)
