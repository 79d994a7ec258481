"""Saying something: the dossier stays as it is, and nobody's turn changes."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves.attach import tie
from approvals.reasons import LONGEST
from approvals.refusal import Refusal, Refused
from approvals.viewers import viewers
from workflow.canonical import digest
from workflow.deadlines import local_day
from workflow.models import Comment


def comment(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload`: `text`; `mentions`: keys of people who may see the initiative; and what
    `attach` takes when files come with it.
    """
    text = payload.get("text", "").strip()
    if not text or len(text) > LONGEST:
        raise Refused(Refusal(_("Write something, in at most 4,000 letters.")))
    wanted = set(payload.get("mentions", ()))
    told = list(viewers(case.initiative, local_day(case.now)).filter(pk__in=wanted))
    if len(told) < len(wanted):
        raise Refused(Refusal(_("Only people who may see the dossier can be mentioned.")))
    assert case.person
    said = Comment.objects.create(
        initiative=case.initiative, author=case.person, text=text, at=case.now
    )
    said.mentions.set(told)
    case.mentioned, case.event = told, "commented"
    facts = {"comment_id": said.pk, "text": digest(text), "mentions": sorted(wanted)}
    return facts | (tie(case, payload, comment=said) if payload.get("files") else {})
