"""The clerk's way: from nothing to a draft, to the principal, to the document that is issued."""

import pytest
from django.urls import reverse

from approvals.refusal import Refused
from notifications.tickets import issue as ticket
from reports.issuing import issue
from reports.kinds import OF_THE_YEAR, Kind
from reports.models import OfficialDocument
from reports.papers.content.matter import NothingToWrite
from reports.papers.paper import laid_out
from tests.world import OFFICES
from workflow.canonical import digest
from workflow.models import GENERAL, Initiative, Round, SchoolReport

pytestmark = pytest.mark.usefixtures("school")
LIST = reverse("reports:yearly")
DRAFTERS = {"clerk", "secretary", "vice_principal", "principal"}
WRITERS = {"clerk", "secretary"}


def address(world, name="reports:yearly_of", year=2025):
    return reverse(name, args=[world.movement.pk, year])


@pytest.fixture
def sign_in(client, world):
    def enter(who):
        client.force_login(world.people[who])
        return client

    return enter


def write(client, report, **words):
    page = client.get(reverse("approvals:write_yearly", args=[report.pk]))
    sent = {code: report.report[code] for code in GENERAL} | {"seen": page.context["seen"]} | words
    return client.post(reverse("approvals:write_yearly", args=[report.pk]), sent)


def test_before_the_draft_the_page_says_what_will_be_gathered_and_what_is_missing(world, sign_in):
    missing = world.at("in_progress")
    client = sign_in("clerk")
    assert f'href="{address(world)}"' in client.get(LIST).content.decode()
    page = client.get(address(world))
    words = page.content.decode()
    assert [one.state for one in page.context["reported"]] == ["evaluated"]
    assert list(page.context["missing"]) == [missing]
    assert "1 sáng kiến đã báo cáo, sẽ được tổng hợp" in words
    assert missing.title in words
    assert 'data-action="draft"' in words


def test_a_draft_begins_with_what_follows_from_the_initiatives(world, sign_in):
    client = sign_in("clerk")
    for _twice in range(2):
        assert client.post(address(world)).status_code == 302
    report = SchoolReport.objects.get().initiative
    assert "02 tổ, bộ phận" in report.report["situation"]
    assert report.report["lessons"] == "- Sáng kiến 1: Đã thực hiện."
    answer = client.get(address(world), follow=True)
    words = answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("approvals:dossier", args=[report.pk])
    solution = world.movement.initiatives.get()
    assert f'href="{reverse("approvals:dossier", args=[solution.pk])}"' in words
    assert reverse("approvals:write_yearly", args=[report.pk]) in words


def test_an_empty_year_is_refused_with_its_reason(world, sign_in):
    Round.objects.create(
        movement=world.movement, year=2024, number=1, name="Đợt 1", opens_on="2024-01-01"
    )
    client, empty = sign_in("clerk"), address(world, year=2024)
    assert 'data-action="draft"' not in client.get(empty).content.decode()
    answer = client.post(empty)
    assert answer.status_code == 403
    assert "chưa có sáng kiến nào báo cáo" in answer.content.decode()


@pytest.mark.parametrize("who", [*OFFICES, "anonymous"])
def test_it_is_read_by_those_who_draft_documents_and_drafted_by_clerk_and_secretary(
    who, world, client
):
    if who != "anonymous":
        client.force_login(world.people[who])
    read = 302 if who == "anonymous" else 200 if who in DRAFTERS else 404
    for page in (LIST, address(world)):
        assert client.get(page).status_code == read
    drafted = client.post(address(world)).status_code
    assert drafted == (302 if who in WRITERS else 403 if who in DRAFTERS else read)
    assert SchoolReport.objects.exists() == (who in WRITERS)


@pytest.mark.parametrize(("movement", "year"), [(0, 2025), (None, 1999)])
def test_a_year_of_nobody_is_not_found(movement, year, world, sign_in):
    wanted = world.movement.pk if movement is None else movement
    answer = sign_in("clerk").get(reverse("reports:yearly_of", args=[wanted, year]))
    assert answer.status_code == 404


def test_the_words_are_saved_and_lead_on(world, sign_in):
    report = world.school_report("draft")
    client = sign_in("secretary")
    assert write(client, report, situation="Trường có 40 lớp.").status_code == 302
    report.refresh_from_db()
    assert report.report["situation"] == "Trường có 40 lớp."
    answer = write(client, report, submit="1")
    assert answer["Location"] == reverse("approvals:act", args=[report.pk, "submit_yearly"])


def test_two_tabs_do_not_overwrite_each_other(world, sign_in):
    report = world.school_report("draft")
    page = reverse("approvals:write_yearly", args=[report.pk])
    client = sign_in("clerk")
    seen = client.get(page).context["seen"]
    words = dict.fromkeys(GENERAL, "x")
    first = client.post(page, words | {"seen": seen, "situation": "Của thẻ thứ nhất."})
    second = client.post(page, words | {"seen": seen, "situation": "Của thẻ thứ hai."})
    assert (first.status_code, second.status_code) == (302, 409)
    shown = second.content.decode()
    assert "Của thẻ thứ nhất." in shown
    assert "Của thẻ thứ hai." in shown
    report.refresh_from_db()
    assert report.report["situation"] == "Của thẻ thứ nhất."
    assert [label for label, _text in second.context["saved"]] == ["I. Đặc điểm tình hình"]
    again = {"seen": second.context["seen"], "situation": "Của thẻ thứ hai."}
    assert client.post(page, words | again).status_code == 302
    report.refresh_from_db()
    assert report.report["situation"] == "Của thẻ thứ hai."


def test_saving_in_the_background_brings_the_next_fingerprint(world, sign_in):
    report = world.school_report("draft")
    page = reverse("approvals:write_yearly", args=[report.pk])
    client, htmx = sign_in("clerk"), {"HX-Request": "true"}
    seen = client.get(page).context["seen"]
    words = dict.fromkeys(GENERAL, "x")
    first = client.post(page, words | {"seen": seen}, headers=htmx)
    assert f'value="{first.context["seen"]}"' in first.content.decode()
    assert (
        client.post(page, words | {"seen": seen, "lessons": "y"}, headers=htmx).status_code == 409
    )
    sent = words | {"seen": first.context["seen"], "lessons": "y"}
    assert client.post(page, sent, headers=htmx).status_code == 200


def test_words_typed_while_it_was_submitted_are_shown_again(world, sign_in):
    report = world.school_report("draft")
    page = reverse("approvals:write_yearly", args=[report.pk])
    client = sign_in("clerk")
    seen = client.get(page).context["seen"]
    world.do("secretary", "submit_yearly", report)
    answer = client.post(page, dict.fromkeys(GENERAL, "Vừa gõ xong.") | {"seen": seen})
    assert answer.status_code == 409
    assert "Vừa gõ xong." in answer.content.decode()


def test_a_section_that_is_too_long_is_shown_again(world, sign_in):
    report = world.school_report("draft")
    assert write(sign_in("clerk"), report, lessons="x" * 20_001).status_code == 422


def test_what_has_moved_on_is_said_and_gathered_when_asked(world, sign_in):
    report = world.school_report("draft")
    client = sign_in("clerk")
    page = reverse("approvals:dossier", args=[report.pk])
    assert 'id="renewal"' not in client.get(page).content.decode()
    late = world.at("reported")
    assert late.title in client.get(page).content.decode()
    act = reverse("approvals:act", args=[report.pk, "gather"])
    asked = client.get(act)
    assert asked.context["renewal"].added == [late.title]
    assert len(report.school_report.solutions) == 1
    assert client.post(act).status_code == 302
    assert len(SchoolReport.objects.get().solutions) == 2
    assert 'id="renewal"' not in client.get(page).content.decode()


def test_an_initiative_that_went_back_is_said_to_be_gone(world, sign_in):
    world.at("reported")
    report = world.school_report("draft")
    solution = world.movement.initiatives.get(state="reported")
    world.do("secretary", "open_evaluation", solution)
    world.do("council", "return", solution, comment="Thiếu số liệu.", scores={})
    renewal = (
        sign_in("clerk")
        .get(reverse("approvals:act", args=[report.pk, "gather"]))
        .context["renewal"]
    )
    assert renewal.gone == [solution.title]


def test_submitting_asks_first_and_names_what_is_missing(world, sign_in):
    report = world.school_report("draft")
    client = sign_in("clerk")
    act = reverse("approvals:act", args=[report.pk, "submit_yearly"])
    write(client, report, limitations="")
    words = client.get(act).content.decode()
    assert "V.2 Hạn chế" in words or "Hạn chế" in words
    assert client.post(act).status_code == 409
    report.refresh_from_db()
    write(client, report, limitations="Còn ít.")
    assert client.get(act).context["missing"] == []
    assert client.post(act).status_code == 302
    report.refresh_from_db()
    assert report.pending.status == "pending"


def test_the_principal_finds_reads_and_decides_it(world, sign_in):
    report = world.school_report("pending")
    client = sign_in("principal")
    assert report.title in client.get(reverse("approvals:worklist")).content.decode()
    page = client.get(reverse("approvals:dossier", args=[report.pk]))
    words = page.content.decode()
    assert [str(action) for action in page.context["verdicts"]] == ["approve", "return"]
    assert "Thời gian duyệt" in words
    item = report.work_items.get(closed_at=None)
    link = ticket(world.principal.pk, item.pk, report.pending.content_hash)
    from_mail = client.get(reverse("approvals:from_mail", args=[link]))
    assert "Thời gian duyệt" in from_mail.content.decode()
    client.post(reverse("approvals:act", args=[report.pk, "approve"]), {"work_item": item.pk})
    report.refresh_from_db()
    frozen = client.get(reverse("approvals:dossier", args=[report.pk])).content.decode()
    assert report.submissions.get().content_hash in frozen
    assert reverse("approvals:write_yearly", args=[report.pk]) not in frozen


def test_its_record_can_be_read_and_checks_itself(world, sign_in):
    from workflow.exported import faults

    report = world.school_report("approved")
    client = sign_in("principal")
    assert client.get(reverse("reports:record", args=[report.pk])).status_code == 200
    record = client.get(reverse("reports:record_json", args=[report.pk])).json()
    assert list(faults(record)) == []
    assert record["submissions"][0]["gate"] == "yearly"


@pytest.fixture
def drafts(school):
    """Both forms, whatever has been approved."""
    from reports.issuing import Draft
    from reports.kinds import MAKERS
    from reports.papers.content.desk import signers

    unit = school.world.units["school"]
    signer = next(signers(unit, school.world.now.date()))
    return [Draft(kind, next(MAKERS[kind].subjects([unit])), signer, {}) for kind in OF_THE_YEAR]


@pytest.mark.parametrize("situation", [None, "draft", "pending", "reopened"])
def test_without_an_approved_report_nothing_is_issued(situation, world, sign_in, drafts):
    if situation == "reopened":
        report = world.school_report("approved")
        world.do("principal", "reopen_yearly", report, comment="Bổ sung.")
    elif situation:
        world.school_report(situation)
    client = sign_in("clerk")
    for draft in drafts:
        with pytest.raises(NothingToWrite):
            issue(draft, world.clerk, world.now, draft.kind)
        page = reverse("reports:draft", args=[draft.kind])
        sent = {"subject": draft.subject.key, "signer": draft.signer.key, "key": "k"}
        for do in ("issue", "confirmed"):
            answer = client.post(page, sent | {"do": do})
            assert answer.status_code == 422
            assert LIST in answer.content.decode()
        assert 'value="issue"' not in client.get(page).content.decode()
    assert not OfficialDocument.objects.exists()


def test_a_draft_can_be_looked_at_before_it_is_approved(world, sign_in, drafts):
    world.school_report("draft")
    sent = {"subject": drafts[0].subject.key, "signer": drafts[0].signer.key, "do": "pdf"}
    answer = sign_in("clerk").post(reverse("reports:draft", args=[drafts[0].kind]), sent)
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


def test_what_is_issued_is_what_was_approved_and_not_what_is_there_now(world, sign_in, drafts):
    report = world.school_report("approved")
    world.movement.initiatives.update(title="Đã đổi tên")
    world.at("reported")
    Initiative.dossiers.filter(pk=report.pk).update(report={"situation": "Đã sửa."})
    SchoolReport.objects.update(solutions=[])
    approved = report.submissions.get()
    for draft in drafts:
        document = issue(draft, world.clerk, world.now, draft.kind)
        assert (document.source, document.source_hash) == (approved, approved.content_hash)
        assert digest(approved.content) == document.source_hash
        items = [one["text"] for one in laid_out(document.paper)["body"] if one["style"] == "item"]
        assert items[:2] == ["1. Sáng kiến 1"] * 2
        assert "Đã sửa." not in document.content
        page = sign_in("clerk").get(reverse("reports:document", args=[document.pk]))
        assert document.source_hash in page.content.decode()


def test_other_documents_have_no_dossier_behind_them(school):
    document = issue(school.draft(Kind.DECISION), school.world.clerk, school.world.now, "key")
    assert (document.source, document.source_hash) == (None, "")


def test_a_report_cannot_be_made_an_initiative(world):
    report = world.school_report("draft")
    for action in ("edit", "submit", "withdraw", "edit_report"):
        with pytest.raises(Refused):
            world.do("clerk", action, report)


def test_the_line_ends_of_a_form_are_no_change(world, sign_in):
    report = world.school_report("draft")
    client = sign_in("clerk")
    write(client, report, situation="Một.\r\nHai.")
    report.refresh_from_db()
    entries = report.audit.count()
    write(client, report, situation="Một.\r\nHai.")
    assert report.report["situation"] == "Một.\nHai."
    assert report.audit.count() == entries


def test_nothing_is_issued_from_content_that_was_changed_behind_the_door(world, drafts):
    approved = world.school_report("approved").submissions.get()
    approved.content = approved.content.replace("Sáng kiến 1", "Sáng kiến 2")
    approved.content_hash = digest(approved.content)
    approved.save()
    with pytest.raises(NothingToWrite, match="không phải nội dung đã duyệt"):
        issue(drafts[0], world.clerk, world.now, "key")
