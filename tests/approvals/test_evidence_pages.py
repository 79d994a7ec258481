"""Files through pages: inert, private, asked about pupils, and 404 to strangers."""

from email.message import Message as Mail

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from approvals import vault as store
from tests.approvals.hostile import HOSTILE
from tests.files import HARMLESS, kept, picture
from tests.world import OFFICES
from workflow.models import Evidence, FileKind

SEES = {"author", "co_author", "deputy", "head", "clerk", "secretary", "council", "council_peer",
        "vice_principal", "principal", "superior"}  # fmt: skip
TICKED = {"harmless": "on"}


def address(name, initiative, *rest):
    return reverse(f"approvals:{name}", args=[initiative.pk, *rest])


def file(content=b"Bi\xc3\xaan b\xe1\xba\xa3n", name="biên bản.txt"):
    return SimpleUploadedFile(name, content)


def send(client, initiative, *files, headers=None, **values):
    chosen = {"documents": list(files) or [file()]}
    return client.post(
        address("attach", initiative), TICKED | chosen | values, headers=headers or {}
    )


@pytest.fixture
def draft(world, client):
    client.force_login(world.author)
    return world.draft()


def test_several_files_are_attached_at_once(draft, client):
    answer = send(client, draft, file(), file(picture(), "anh.png"), caption="Họp tổ")
    assert answer.status_code == 302
    rows = draft.evidence.order_by("pk")
    assert [(row.name, row.kind) for row in rows] == [("biên bản.txt", "txt"), ("anh.png", "png")]
    page = client.get(address("dossier", draft)).content.decode()
    for words in ("biên bản.txt", "Họp tổ", "Author", rows[0].sha256[:12]):
        assert words in page


def test_a_photo_taken_now_comes_along(draft, client):
    values = {"photo": file(picture("JPEG"), "IMG_0001.jpg"), **TICKED}
    assert client.post(address("attach", draft), values).status_code == 302
    assert draft.evidence.get().kind == FileKind.JPEG


def test_the_page_offers_the_camera_and_says_what_the_files_are_for(draft, client):
    page = client.get(address("attach", draft)).content.decode()
    assert 'capture="environment"' in page
    assert 'class="help purpose"' in page
    assert page.count("multiple") == 2
    for name in ("pupils", "harmless"):
        box = page.partition(f'name="{name}"')[2].partition(">")[0]
        assert box
        assert "checked" not in box


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"harmless": ""}, "harmless"),
        ({"pupils": "on"}, "basis"),
        ({"pupils": "on", "basis": "   "}, "basis"),
    ],
)
def test_nothing_is_kept_before_pupils_and_secrets_are_thought_of(
    values, wrong, draft, client, vault
):
    answer = send(client, draft, **values)
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert not Evidence.objects.exists()
    assert not vault.exists()


def test_the_basis_for_showing_pupils_is_recorded(draft, client):
    send(client, draft, pupils="on", basis="Phiếu đồng ý của phụ huynh 12/9")
    assert draft.evidence.get().basis == "Phiếu đồng ý của phụ huynh 12/9"
    assert draft.audit.latest("seq").facts["basis"] == "Phiếu đồng ý của phụ huynh 12/9"


@pytest.mark.parametrize("what", ["web page as picture", "macros under another name", "bomb"])
def test_a_refused_file_is_named_with_its_reason_and_the_others_wait(what, draft, client, vault):
    name, make = HOSTILE[what]
    answer = send(client, draft, file(), file(make(), name))
    assert answer.status_code == 422
    (line,) = answer.context["form"].errors["documents"]
    assert line.startswith(name)
    assert not vault.exists()


def test_a_form_without_a_file_says_so(draft, client):
    answer = client.post(address("attach", draft), TICKED)
    assert answer.status_code == 422
    assert "documents" in answer.context["form"].errors


def test_too_many_files_at_once_are_refused(draft, client):
    files = [file(f"{number}".encode(), f"{number}.txt") for number in range(11)]
    assert send(client, draft, *files).status_code == 422


@override_settings(EVIDENCE_FILE_BYTES=100_000)
def test_a_request_that_brings_too_much_is_cut_short(draft, client, vault):
    answer = send(client, draft, file(b"a" * 1_200_000, "a.txt"))
    assert answer.status_code == 422
    assert answer.context["form"].too_much
    assert not vault.exists()


def test_a_script_that_sends_it_is_led_to_the_page(draft, client):
    answer = send(client, draft, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith(address("dossier", draft))


@pytest.mark.parametrize("kind", FileKind.values)
def test_every_kind_is_saved_and_never_shown_in_place(kind, world, client):
    draft = world.draft()
    world.do("author", "attach", draft, files=[kept(HARMLESS[kind](), f"Tệp “số 1” .{kind}")])
    client.force_login(world.head)
    answer = client.get(address("evidence", draft, draft.evidence.get().pk))
    content = b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    mail = Mail()
    mail["Content-Disposition"] = answer.headers["Content-Disposition"]
    assert mail.get_filename() is not None
    assert "filename*=utf-8''T%E1%BB%87p" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "html" not in answer.headers["Content-Type"]
    assert "svg" not in answer.headers["Content-Type"]
    assert content == store.path(draft.evidence.get().stored).read_bytes()


@pytest.mark.parametrize("office", OFFICES)
def test_a_file_answers_to_those_who_see_the_initiative(office, world, client):
    draft = world.draft()
    world.do("author", "attach", draft, files=[kept()])
    client.force_login(world.people[office])
    status = client.get(address("evidence", draft, draft.evidence.get().pk)).status_code
    assert status == (200 if office in SEES else 404)


def test_a_stranger_is_asked_to_sign_in(world, client):
    draft = world.draft()
    world.do("author", "attach", draft, files=[kept()])
    for name in ("evidence", "detach"):
        answer = client.get(address(name, draft, draft.evidence.get().pk))
        assert answer.status_code == 302


def test_a_file_cannot_be_reached_through_another_dossier(draft, world, client):
    other = world.draft()
    world.do("author", "attach", other, files=[kept()])
    for name in ("evidence", "detach"):
        answer = client.get(address(name, draft, other.evidence.get().pk))
        assert answer.status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_changes_nothing(method, draft, world, client):
    world.do("author", "attach", draft, files=[kept()])
    answer = getattr(client, method)(address("evidence", draft, draft.evidence.get().pk))
    assert answer.status_code == 405


def test_removing_asks_first(draft, world, client):
    world.do("author", "attach", draft, files=[kept()])
    remove = address("detach", draft, draft.evidence.get().pk)
    assert client.get(remove).status_code == 200
    assert draft.evidence.exists()
    assert client.post(remove).status_code == 302
    assert not draft.evidence.exists()
    assert client.post(remove).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("head", 403), ("other_head", 404)])
def test_only_authors_bring_and_remove(who, status, world, client):
    draft = world.draft()
    world.do("author", "attach", draft, files=[kept()])
    client.force_login(world.people[who])
    assert client.get(address("attach", draft)).status_code == status
    assert send(client, draft).status_code == status
    remove = address("detach", draft, draft.evidence.get().pk)
    assert client.get(remove).status_code == client.post(remove).status_code == status


def test_a_locked_dossier_takes_no_file(draft, world, client):
    world.do("author", "submit", draft)
    assert client.get(address("attach", draft)).status_code == 409
    assert send(client, draft).status_code == 409


def test_a_file_that_the_store_lost_is_explained(draft, world, client):
    world.do("author", "attach", draft, files=[kept()])
    store.path(draft.evidence.get().stored).unlink()
    answer = client.get(address("evidence", draft, draft.evidence.get().pk))
    assert answer.status_code == 410
    assert draft.evidence.get().sha256 in answer.content.decode()


def test_the_store_lies_where_no_address_leads(draft, world, client, vault):
    world.do("author", "attach", draft, files=[kept()])
    row = draft.evidence.get()
    assert row.name not in str(store.path(row.stored))
    for place in (f"/evidence/{row.stored}", f"/static/{row.stored}", f"/media/{row.stored}"):
        assert client.get(place).status_code == 404
    assert store.path(row.stored).stat().st_mode & 0o077 == 0
