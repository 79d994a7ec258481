"""Evidence: tying files to a dossier or to a comment, and taking them out again."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from approvals import vault
from approvals.case import Case
from approvals.refusal import Refusal, Refused
from workflow.models import Comment, Evidence


def attach(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload`: `files` in the vault, `caption`, `basis` for showing pupils (empty: none can be
    recognised), and `result`: the indicator of the measure that they prove.
    """
    uploads: list[vault.Upload] = payload.get("files", [])
    if not uploads:
        raise Refused(Refusal(_("Choose at least one file.")))
    hashes = {upload.sha256 for upload in uploads}
    twin = case.initiative.evidence.of_dossier().filter(sha256__in=hashes).first()
    if twin or len(hashes) < len(uploads):
        name = twin.name if twin else uploads[0].name
        raise Refused(Refusal(_("“%(name)s” is in the dossier already.") % {"name": name}))
    result = payload.get("result", "")
    if result and not case.initiative.measures.filter(indicator=result).exists():
        raise Refused(Refusal(_("This result is no longer in the report."), conflict=True))
    return tie(case, payload)


def detach(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload`: `evidence`, its key. What a submission names stays in the vault for good."""
    rows = case.initiative.evidence.of_dossier()
    evidence = rows.filter(pk=payload["evidence"]).first()
    if evidence is None:
        raise Refused(Refusal(_("This file is no longer in the dossier."), conflict=True))
    frozen = case.initiative.submissions.filter(content__contains=evidence.sha256).exists()
    if frozen:
        evidence.removed_at = case.now
        evidence.save(update_fields=["removed_at"])
    else:
        evidence.delete()
        transaction.on_commit(partial(vault.discard, [evidence.stored]))
    return {"name": evidence.name, "sha256": evidence.sha256, "kept": frozen}


def tie(case: Case, payload: dict[str, Any], *, comment: Comment | None = None) -> dict[str, Any]:
    """Give the files their rows, within what a dossier may hold; returns what the audit keeps."""
    uploads: list[vault.Upload] = payload["files"]
    _require_room(case, uploads)
    basis = payload.get("basis", "")
    Evidence.objects.bulk_create(
        Evidence(
            initiative=case.initiative,
            comment=comment,
            result=payload.get("result", ""),
            name=upload.name,
            caption=payload.get("caption", ""),
            basis=basis,
            kind=upload.kind,
            size=upload.size,
            sha256=upload.sha256,
            stored=upload.stored,
            uploaded_by=case.person,
            uploaded_at=case.now,
        )
        for upload in uploads
    )
    return {"files": [upload.facts for upload in uploads]} | ({"basis": basis} if basis else {})


def _require_room(case: Case, uploads: list[vault.Upload]) -> None:
    """Counted over all that lies in the vault for the initiative, comments included."""
    held = case.initiative.evidence.aggregate(files=Count("pk"), size=Sum("size"))
    size = (held["size"] or 0) + sum(upload.size for upload in uploads)
    if held["files"] + len(uploads) > settings.EVIDENCE_FILES:
        raise Refused(
            Refusal(
                _("A dossier holds at most %(most)s files.") % {"most": settings.EVIDENCE_FILES}
            )
        )
    if size > settings.EVIDENCE_DOSSIER_BYTES:
        limit = filesizeformat(settings.EVIDENCE_DOSSIER_BYTES)
        raise Refused(
            Refusal(_("The files of a dossier may have %(limit)s together.") % {"limit": limit})
        )
