"""From the list to a draft, to its number, to the signed file that comes back."""

from datetime import date, time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from reports.issuing import issue
from reports.kinds import MAKERS, Kind
from reports.models import OfficialDocument, SignedFile
from tests.reports.authority import Authority

LIST = reverse("reports:documents")


def draft_of(kind):
    return reverse("reports:draft", args=[kind])


@pytest.fixture
def clerk(client, school):
    client.force_login(school.world.clerk)
    return client


def filled(school, kind, do, **more):
    draft = school.draft(kind)
    return {"subject": draft.subject.key, "signer": draft.signer.key, "do": do, **more}


def test_an_empty_list_says_what_comes_next(clerk):
    page = clerk.get(LIST).content.decode()
    assert all(draft_of(kind) in page for kind in Kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_is_shown_in_every_form(kind, clerk, school):
    sent = filled(school, kind, "pdf")
    page = clerk.get(draft_of(kind))
    form = page.context["form"]
    assert ('value="xlsx"' in page.content.decode()) == bool(MAKERS[kind].sheet)
    assert form.initial["recipients"].splitlines()[-1].startswith("Lưu: VT")
    pdf = clerk.post(draft_of(kind), sent)
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    docx = clerk.post(draft_of(kind), sent | {"do": "docx"})
    assert "attachment" in docx["Content-Disposition"]
    assert any("BÁO CÁO" in one.text or "QUYẾT ĐỊNH" in one.text or "BIÊN BẢN" in one.text
               for one in Document(BytesIO(docx.content)).paragraphs)  # fmt: skip
    sheet = clerk.post(draft_of(kind), sent | {"do": "xlsx"})
    assert sheet.content[:2] == (b"PK" if MAKERS[kind].sheet else b"%P")
    assert not OfficialDocument.objects.exists()


def test_issuing_asks_first_and_then_gives_the_number(clerk, school):
    asked = clerk.post(draft_of(Kind.DECISION), filled(school, Kind.DECISION, "issue"))
    assert asked.context["code"] == "01/QĐ-THPTPH"
    assert not OfficialDocument.objects.exists()
    sent = filled(school, Kind.DECISION, "confirmed", key=asked.context["key"])
    for _twice in range(2):
        answer = clerk.post(draft_of(Kind.DECISION), sent)
        assert answer.status_code == 302
    one = OfficialDocument.objects.get()
    assert (one.code, one.issued_by) == ("01/QĐ-THPTPH", school.world.clerk)
    assert one.code in clerk.get(LIST).content.decode()
    assert clerk.get(reverse("reports:pdf", args=[one.pk])).content == bytes(one.pdf)


def test_a_confirmation_without_its_question_asks_again(clerk, school):
    answer = clerk.post(draft_of(Kind.DECISION), filled(school, Kind.DECISION, "confirmed"))
    assert answer.status_code == 200
    assert not OfficialDocument.objects.exists()


def test_a_number_that_is_taken_is_said(clerk, school):
    issue(school.draft(Kind.DECISION), school.world.clerk, timezone.now(), "first", 7)
    sent = filled(school, Kind.DECISION, "confirmed", key="k", number=7)
    answer = clerk.post(draft_of(Kind.DECISION), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"signer": "m0"},
        {"signer": ""},
        {"number": "x"},
        {"number": "0"},
        {"recipients": "x" * 30_000},
    ],
)
def test_a_wrong_form_is_shown_again(wrong, clerk, school):
    answer = clerk.post(draft_of(Kind.DECISION), filled(school, Kind.DECISION, "issue") | wrong)
    assert answer.status_code == 422


@pytest.mark.parametrize("subject", ["", "y0-2025", "i1", "nonsense", "y1-2025'--"])
def test_a_subject_of_nobody_is_not_found(subject, clerk, school):
    sent = filled(school, Kind.DECISION, "pdf") | {"subject": subject}
    assert clerk.post(draft_of(Kind.DECISION), sent).status_code == 404
    assert clerk.get(draft_of("nonsense")).status_code == 404


def test_a_year_without_matter_says_what_is_missing(client, world):
    client.force_login(world.clerk)
    answer = client.get(draft_of(Kind.DECISION))
    assert answer.status_code == 200
    assert str(answer.context["reason"]) in answer.content.decode()


def test_the_minutes_say_when_and_where(school):
    paper = school.paper(
        Kind.MINUTES,
        held_on=date(2025, 2, 5),
        began=time(8, 5),
        ended=time(10),
        venue="Phòng họp 1",
    )
    words = {block.label: block.text for block in paper.body}
    assert words["Thời gian bắt đầu:"] == "08 giờ 05 phút, ngày 05 tháng 02 năm 2025."
    assert words["Địa điểm:"] == "Phòng họp 1."
    assert paper.body[-1].text == "Cuộc họp kết thúc vào 10 giờ 00 phút, ngày 05 tháng 02 năm 2025"
    assert paper.signature.offices == ("Chủ tọa",)


def test_a_head_signs_by_order_what_may_be_signed_so(clerk):
    offices = dict(clerk.get(draft_of(Kind.OWN_REPORT)).context["form"].fields["signer"].choices)
    assert any(text.startswith("TL. Hiệu trưởng · Tổ trưởng") for text in offices.values())
    offices = dict(clerk.get(draft_of(Kind.DECISION)).context["form"].fields["signer"].choices)
    assert not any("TL." in text for text in offices.values())


def test_who_holds_a_lent_office_signs_as_authorised_while_it_lasts(clerk, school):
    from people.models import Delegation

    world = school.world
    Delegation.objects.create(
        delegator=world.principal, delegate=world.head, unit=world.units["school"],
        role="principal", starts_on=world.now.date(), ends_on=world.now.date(),
        reason="đi công tác",
    )  # fmt: skip
    from reports.papers.content.desk import signers

    lent = [
        str(one) for one in signers(world.units["school"], world.now.date()) if "TUQ." in str(one)
    ]
    assert lent == ["TUQ. Hiệu trưởng · Tổ trưởng Toán: Head"]
    later = world.later(days=1).date()
    assert not any("TUQ." in str(one) for one in signers(world.units["school"], later))


@pytest.fixture
def issued(school):
    return issue(school.draft(Kind.DECISION), school.world.clerk, school.world.now, "key")


def upload(client, document, content, name="ky.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(reverse("reports:take_back", args=[document.pk]), {"file": file})


def test_a_signed_file_is_kept_with_what_was_found(clerk, school, issued, settings, tmp_path):
    settings.SIGNING_TRUST_ROOTS = str(tmp_path)
    authority = Authority("Ban Cơ yếu", timezone.now())
    authority.put_into(tmp_path)
    signed = authority.sign(bytes(issued.pdf), "Nguyễn Hữu Thọ")
    for _twice in range(2):
        assert upload(clerk, issued, signed).status_code == 302
    kept = SignedFile.objects.get()
    assert (kept.verdict, kept.signer) == ("valid", "Nguyễn Hữu Thọ")
    page = clerk.get(reverse("reports:document", args=[issued.pk])).content.decode()
    assert "Nguyễn Hữu Thọ" in page
    assert "không phải là chữ ký có giá trị pháp lý" in page
    address = reverse("reports:signed_file", args=[issued.pk, kept.pk])
    assert clerk.get(address).content == signed


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7"])
def test_a_file_that_is_refused_is_not_kept_and_says_why(content, clerk, issued):
    answer = upload(clerk, issued, content)
    assert answer.status_code == 422
    assert "không phải là PDF" in answer.content.decode()
    assert not SignedFile.objects.exists()


def test_the_unsigned_document_itself_is_refused(clerk, issued):
    answer = upload(clerk, issued, bytes(issued.pdf))
    assert answer.context["refused"].verdict == "unsigned"
    assert not SignedFile.objects.exists()


def test_an_upload_without_a_file_or_too_large_is_shown_again(clerk, issued, monkeypatch):
    from reports.forms import signed

    assert clerk.post(reverse("reports:take_back", args=[issued.pk])).status_code == 422
    monkeypatch.setattr(signed, "LARGEST", 10)
    assert upload(clerk, issued, bytes(issued.pdf)).status_code == 422
