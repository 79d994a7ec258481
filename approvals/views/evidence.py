"""Files of an initiative: brought, taken out, and read. They are saved, never shown in place."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import vault
from approvals.actions import perform
from approvals.forms.evidence import EvidenceForm
from approvals.gather import open_case
from approvals.intake import MEDIA_TYPES
from approvals.policy import Action, require
from approvals.views.found import initiative_view
from people.http import Request
from workflow.models import Evidence, Initiative, TargetFile

INERT = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Referrer-Policy": "no-referrer",
}
"""On top of what every answer says (config.headers): a browser that opened the file after all would
run nothing, and tell nobody where it was."""


@require_http_methods(["GET", "POST"])
@initiative_view
def attach(request: Request, initiative: Initiative) -> HttpResponse:
    """The door is asked before the files are looked into, and again when they are tied."""
    require(Action.ATTACH, open_case(initiative.pk, request.user, request.now, lock=False))
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        initiative=initiative,
        too_much=getattr(request, "too_much", False),
        initial={"key": uuid.uuid4()},
    )
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {
            "initiative": initiative,
            "form": form,
            "file_limit": settings.EVIDENCE_FILE_BYTES,
        }
        return render(request, "approvals/attach.html", context, status=status)
    with vault.receiving(form.chosen) as uploads:
        payload = form.payload() | {"files": uploads}
        if perform(Action.ATTACH, initiative.pk, request.user, request.now, payload).changed:
            messages.success(request, _("The evidence is attached."))
    return _to_dossier(request, initiative)


@require_http_methods(["GET", "POST"])
@initiative_view
def detach(request: Request, initiative: Initiative, evidence: int) -> HttpResponse:
    found = get_object_or_404(initiative.evidence.of_dossier(), pk=evidence)
    if request.method == "GET":
        require(Action.DETACH, open_case(initiative.pk, request.user, request.now, lock=False))
        context = {"initiative": initiative, "evidence": found}
        return render(request, "approvals/detach.html", context)
    payload = {"evidence": found.pk}
    perform(Action.DETACH, initiative.pk, request.user, request.now, payload)
    messages.success(request, _("The file is no longer in the dossier."))
    return _to_dossier(request, initiative)


@require_safe
@initiative_view
def download(request: Request, initiative: Initiative, evidence: int) -> HttpResponseBase:
    """Whoever sees the initiative may read its files, and those shown with its comments."""
    found: Evidence = get_object_or_404(initiative.evidence, pk=evidence)
    return saved(request, found)


def saved(request: Request, found: Evidence | TargetFile) -> HttpResponseBase:
    """A file of the vault as a download, for whoever was found to be allowed to read it."""
    try:
        file = vault.path(found.stored).open("rb")
    except OSError:
        return render(request, "approvals/lost.html", {"evidence": found}, status=410)
    return FileResponse(
        file,
        as_attachment=True,
        filename=found.name,
        content_type=MEDIA_TYPES[found.kind],
        headers=INERT,
    )


def _to_dossier(request: Request, initiative: Initiative) -> HttpResponse:
    """A form sent in the background is led on as a whole page."""
    address = reverse("approvals:dossier", args=[initiative.pk]) + "#evidence"
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
