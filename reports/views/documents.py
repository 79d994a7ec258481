"""The school's official documents: all that were issued, one with its signed files, downloads."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.http import Request
from reports.forms import SignedFileForm
from reports.issuing import as_docx
from reports.kinds import Kind
from reports.models import OfficialDocument, SignedFile
from reports.models.document import OfficialDocumentQuerySet
from reports.models.signed_file import KEPT
from reports.signing import trust_roots, verify
from reports.views.answers import REASONS, file_answer
from reports.views.desks import DRAFT, schools_of

PAGE = 50


def _kept(request: Request) -> OfficialDocumentQuerySet:
    """Issued documents of the schools whose documents this person handles; else 404."""
    rows = OfficialDocument.objects.filter(unit__in=schools_of(request, DRAFT))
    return rows.defer("pdf", "content").select_related("unit", "issued_by")


@require_safe
@login_required
def documents(request: Request) -> HttpResponse:
    if not schools_of(request, DRAFT):
        raise Http404
    signed = SignedFile.objects.defer("content")
    rows = _kept(request).prefetch_related(Prefetch("signed", signed))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    named = [(one, Kind(one.kind).label) for one in page]
    return render(request, "reports/documents.html", {"page": page, "rows": named, "kinds": Kind})


@require_safe
@login_required
def document(request: Request, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(_kept(request), pk=pk), SignedFileForm())


def _page(
    request: Request, one: OfficialDocument, form: SignedFileForm, **more: Any
) -> HttpResponse:
    context = {
        "document": one,
        "kind": Kind(one.kind).label,
        "signed": one.signed.defer("content").select_related("uploaded_by"),
        "form": form,
        "trusts": bool(trust_roots()),
        "reasons": REASONS,
        **more,
    }
    return render(
        request, "reports/document.html", context, status=422 if more or form.errors else 200
    )


@require_safe
@login_required
def download(request: Request, pk: int, form: str) -> HttpResponse:
    """The PDF as it was issued, byte for byte; the docx is made anew from the same words."""
    one = get_object_or_404(_kept(request), pk=pk)
    content = bytes(one.pdf) if form == "pdf" else as_docx(one.paper, one.unit, one.kind)
    return file_answer(content, f"{one.file_name}.{form}", form)


@require_POST
@login_required
def take_back(request: Request, pk: int) -> HttpResponse:
    """Check a signed file; what is this document, signed, is kept with its mark."""
    one = get_object_or_404(_kept(request), pk=pk)
    form = SignedFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, one, form)
    content = form.cleaned_data["file"].read()
    found = verify(bytes(one.pdf), content, request.now)
    if found.verdict not in KEPT:
        return _page(request, one, form, refused=found)
    SignedFile.objects.get_or_create(
        document=one, content_hash=hashlib.sha256(content).hexdigest(),
        defaults={
            "content": content, "verdict": found.verdict, "signer": found.signer,
            "authority": found.authority, "signed_at": found.signed_at, "stamped": found.stamped,
            "uploaded_by": request.user, "uploaded_at": request.now,
        },
    )  # fmt: skip
    messages.success(
        request, _("The signed file is kept: %(found)s.") % {"found": found.verdict.label}
    )
    return redirect("reports:document", pk=pk)


@require_safe
@login_required
def signed_file(request: Request, pk: int, file: int) -> HttpResponse:
    one = get_object_or_404(_kept(request), pk=pk)
    kept = get_object_or_404(one.signed, pk=file)
    return file_answer(bytes(kept.content), f"{one.file_name}-signed.pdf", "pdf")
