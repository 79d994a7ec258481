"""Files as answers, and what the check of a signed file found, in words that say what to do."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from reports.models import Verdict

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
}

REASONS = {
    Verdict.VALID: _(
        "The file is the document issued, nothing was changed after signing, and the certificate "
        "comes from an authority that this system trusts."
    ),
    Verdict.UNTRUSTED: _(
        "The file is the document issued and was not changed after signing, but the certificate "
        "does not come from an authority that this system trusts. Ask the operator to add the "
        "authority, or sign with the certificate of the Government Cipher Committee."
    ),
    Verdict.EXPIRED: _(
        "The file is the document issued and was not changed after signing, but the certificate "
        "had run out, or was not yet in force. Renew it and sign again."
    ),
    Verdict.TAMPERED: _(
        "The file was changed after it was signed. Download the document again, sign it, and "
        "upload what the signing program saved, without opening it in another program."
    ),
    Verdict.FOREIGN: _(
        "The signature is whole, but what was signed is not this document: it is another one, or "
        "it was changed before it was signed. Download this document, sign it and upload it."
    ),
    Verdict.UNSIGNED: _(
        "The file carries no digital signature. Sign it on the computer with the token, then "
        "upload the file that the signing program saved."
    ),
    Verdict.UNREADABLE: _("The file is no PDF, or it is damaged. Upload the signed PDF."),
}


def file_answer(content: bytes, name: str, form: str) -> HttpResponse:
    """A PDF opens in the browser, other files are saved."""
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(form != "pdf", name) or "attachment"
    return answer
