"""Six answers about a file that comes back signed, by an authority of the tests' own."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reports.kinds import Kind
from reports.models import Verdict
from reports.papers import pdf
from reports.signing import FIELD, trust_roots, verify, with_field
from tests.reports.authority import DAY, Authority


@pytest.fixture
def issued(school):
    return with_field(pdf.render(school.paper(Kind.DECISION), school.world.now))


@pytest.fixture
def authority(school, tmp_path, settings):
    settings.SIGNING_TRUST_ROOTS = str(tmp_path)
    made = Authority("Ban Cơ yếu của bài kiểm tra", school.world.now)
    made.put_into(tmp_path)
    return made


@pytest.fixture
def now(school):
    return school.world.now


def drawn_over(content):
    """The first page with a black square on it, appended as an update."""
    writer, made = IncrementalPdfFileWriter(BytesIO(content)), BytesIO()
    stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.add_stream_to_page(0, stream)
    writer.write(made)
    return made.getvalue()


def flipped(content, place):
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def test_a_valid_signature_names_its_signer(issued, authority, now):
    found = verify(issued, authority.sign(issued, "Nguyễn Hữu Thọ"), now)
    assert found.verdict == Verdict.VALID
    assert (found.signer, found.authority) == ("Nguyễn Hữu Thọ", authority.title)
    assert found.signed_at is not None
    assert not found.stamped


def test_the_prepared_field_can_be_used(issued, authority, now):
    assert verify(issued, authority.sign(issued, field=FIELD), now).verdict == Verdict.VALID


def test_a_second_signature_on_top_is_valid(issued, authority, now):
    twice = authority.sign(authority.sign(issued), "Văn thư", field="Signature2")
    found = verify(issued, twice, now)
    assert (found.verdict, found.signer) == (Verdict.VALID, "Văn thư")


@pytest.mark.parametrize("part", [0.1, 0.4, 0.8])
def test_a_byte_changed_after_signing_is_found(part, issued, authority, now):
    signed = authority.sign(issued)
    changed = flipped(signed, int(len(issued) * part))
    assert verify(issued, changed, now).verdict in (Verdict.TAMPERED, Verdict.UNREADABLE)


def test_a_byte_of_a_page_changed_after_signing_is_tampering(issued, authority, now):
    signed = authority.sign(issued)
    place = signed.index(b"stream", len(issued) // 4) + 40
    assert verify(issued, flipped(signed, place), now).verdict == Verdict.TAMPERED


def test_something_drawn_after_signing_is_tampering(issued, authority, now):
    assert verify(issued, drawn_over(authority.sign(issued)), now).verdict == Verdict.TAMPERED


def test_an_authority_that_nobody_trusts_is_named(issued, authority, now):
    found = verify(issued, Authority("Người lạ", now).sign(issued), now)
    assert (found.verdict, found.authority) == (Verdict.UNTRUSTED, "Người lạ")


def test_a_namesake_of_the_authority_is_not_trusted(issued, authority, now):
    assert (
        verify(issued, Authority(authority.title, now).sign(issued), now).verdict
        == Verdict.UNTRUSTED
    )


def test_without_trusted_authorities_nothing_is_valid(issued, authority, now, settings, tmp_path):
    settings.SIGNING_TRUST_ROOTS = str(tmp_path / "nothing")
    assert trust_roots() == []
    assert verify(issued, authority.sign(issued), now).verdict == Verdict.UNTRUSTED


def test_an_expired_certificate_is_told_from_an_untrusted_one(issued, authority, now):
    signed = authority.sign(issued, begin=now - 400 * DAY, end=now - 10 * DAY)
    assert verify(issued, signed, now).verdict == Verdict.EXPIRED


def test_an_expired_certificate_of_a_stranger_is_untrusted(issued, authority, now):
    signed = Authority("Người lạ", now).sign(issued, begin=now - 400 * DAY, end=now - 10 * DAY)
    assert verify(issued, signed, now).verdict == Verdict.UNTRUSTED


def test_another_document_validly_signed_is_foreign(school, issued, authority, now):
    other = with_field(pdf.render(school.paper(Kind.MINUTES), now))
    assert verify(issued, authority.sign(other), now).verdict == Verdict.FOREIGN


def test_something_drawn_before_signing_is_foreign(issued, authority, now):
    """It begins with the issued bytes and is whole: only what the update adds gives it away."""
    signed = authority.sign(drawn_over(issued))
    assert signed.startswith(issued)
    assert verify(issued, signed, now).verdict == Verdict.FOREIGN


def test_an_unsigned_file_is_unsigned(issued, authority, now):
    assert verify(issued, issued, now).verdict == Verdict.UNSIGNED
    assert verify(issued, drawn_over(issued), now).verdict == Verdict.UNSIGNED


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"%PDF-1.7 nothing", b"\x00" * 4096, b"PK\x03\x04"]
)
def test_what_is_no_pdf_is_unreadable(content, issued, now):
    assert verify(issued, content, now).verdict == Verdict.UNREADABLE


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_never_valid(part, issued, authority, now):
    signed = authority.sign(issued)
    found = verify(issued, signed[: int(len(signed) * part)], now)
    assert found.verdict in (Verdict.UNREADABLE, Verdict.UNSIGNED, Verdict.TAMPERED)
