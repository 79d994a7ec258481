"""Whether a file that came back is the document issued, signed, and by whom (PAdES).

The signer's key sits on a token of the Government Cipher Committee (VGCA), so signing happens on
the signer's own computer; here is only checked. Nothing is fetched: what the file does not carry
about revocation is not known, and the page says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from reports.models import Verdict

SUFFIXES = {".pem", ".crt", ".cer", ".der"}
FIELD = "ChuKy"
SIGNED_APPEND_ONLY = 3
"""SigFlags of ISO 32000-1, 12.7.2: whoever signs must append, or the issued bytes are lost."""
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Found:
    """What the check found, and of the last signature who, by which authority, and when."""

    verdict: Verdict
    signer: str = ""
    authority: str = ""
    signed_at: datetime | None = None
    stamped: bool = False


def with_field(pdf: bytes) -> bytes:
    """The same file with an empty signature field.

    It is what signing programs fill in, and the form from which later changes are told apart: a
    file without any form leaves no way to say that only a signature came.
    """
    from pyhanko.pdf_utils.generic import NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer, made = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    append_signature_field(writer, SigFieldSpec(FIELD))
    writer.root["/AcroForm"]["/SigFlags"] = NumberObject(SIGNED_APPEND_ONLY)
    writer.write(made)
    return made.getvalue()


def verify(issued: bytes, file: bytes, now: datetime) -> Found:
    """Six answers, and one for what is no PDF. pyHanko loads slowly, so only when it is used."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(file), strict=False)
        signatures = reader.embedded_regular_signatures
    except (
        PdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ):
        return Found(Verdict.UNREADABLE)
    if not signatures:
        return Found(Verdict.UNSIGNED)
    try:
        return _judge(issued, file, reader, signatures, now)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Found(Verdict.TAMPERED)


def _judge(issued: bytes, file: bytes, reader: Any, signatures: list[Any], now: datetime) -> Found:
    """Every signature must be whole; the last one covers all that came before it."""
    results = [_result(one, now) for one in signatures]
    last = signatures[-1]
    found = Found(Verdict.VALID, *_people(last), *_time(results[-1]))
    if not all(_is_whole(result) for result in results):
        return _with(found, Verdict.TAMPERED)
    if not file.startswith(issued) or not _only_signed(issued, reader):
        return _with(found, Verdict.FOREIGN)
    if all(result.trusted for result in results):
        return found
    was_in_force = all(
        _trusted_once(one, result) for one, result in zip(signatures, results, strict=True)
    )
    return _with(found, Verdict.EXPIRED if was_in_force else Verdict.UNTRUSTED)


def _with(found: Found, verdict: Verdict) -> Found:
    return Found(verdict, found.signer, found.authority, found.signed_at, found.stamped)


def _result(signature: Any, now: datetime) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature

    return validate_pdf_signature(signature, _context(now), _context(now))


def _is_whole(result: Any) -> bool:
    """The bytes are those signed, the signature is the certificate's, and nothing was added after
    it but more signatures."""
    return bool(
        result.intact and result.valid and result.docmdp_ok is not False and _untouched(result)
    )


def _untouched(result: Any) -> bool:
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = result.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING


def _only_signed(issued: bytes, reader: Any) -> bool:
    """Between what was issued and what was signed nothing changed but what a signature adds.

    The file begins with the issued bytes; an update appended before signing could still draw
    another page over them.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    revision = PdfFileReader(BytesIO(issued)).xrefs.total_revisions - 1
    result = DEFAULT_DIFF_POLICY.review_file(reader, revision)
    return (
        isinstance(result, DiffResult)
        and result.modification_level <= ModificationLevel.FORM_FILLING
    )


def _trusted_once(signature: Any, result: Any) -> bool:
    """The chain holds at the end of the certificate's own time: it was trusted, and ran out."""
    certificate = signature.signer_cert
    if result.trusted:
        return True
    return bool(_result(signature, certificate.not_valid_after - MOMENT).trusted)


def _people(signature: Any) -> tuple[str, str]:
    certificate = signature.signer_cert
    names = (certificate.subject.native, certificate.issuer.native)
    subject, issuer = (
        str(one.get("common_name") or one.get("organization_name") or "") for one in names
    )
    return subject[:200], issuer[:200]


def _time(result: Any) -> tuple[datetime | None, bool]:
    """By a time stamp that holds, else by the signer's own clock."""
    stamp = result.timestamp_validity
    if stamp and stamp.intact and stamp.valid and stamp.trusted:
        return stamp.timestamp, True
    return result.signer_reported_dt, False


def _context(moment: datetime) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=trust_roots(), moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )


def trust_roots() -> list[Any]:
    """The authorities of SIGNING_TRUST_ROOTS, read anew each time: a new file counts at once."""
    from pyhanko.keys import load_certs_from_pemder

    folder = Path(settings.SIGNING_TRUST_ROOTS)
    files = sorted(one for one in folder.glob("*") if one.suffix.lower() in SUFFIXES)
    return list(load_certs_from_pemder([str(one) for one in files])) if files else []
