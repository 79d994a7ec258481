"""Agreeing to several steps at once: a summary names each, and each goes through the door alone."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.actions import perform
from approvals.policy import Action
from approvals.refusal import Refused
from people.http import Request, form_key
from workflow.deadlines import local_day
from workflow.models import Asks, Duty, Initiative, WorkItem

MOST = 50
"""Steps in one go: a person should still have read what they agree to."""


@dataclass(frozen=True)
class Answer:
    """What came of one step: done, or the reason why it was left alone."""

    item: WorkItem
    reason: str = ""


def is_agreement(item: WorkItem) -> bool:
    """Scores and grades need a form of their own; agreement can be given to several."""
    if item.duty != Duty.DECIDE or item.submission is None:
        return False
    return bool(item.submission.step(item.step)["asks"] == Asks.AGREEMENT)


@require_http_methods(["GET", "POST"])
@login_required
def together(request: Request) -> HttpResponse:
    """GET names what was chosen and changes nothing; POST agrees and says what was left alone."""
    if request.method == "POST":
        answers = [_agree(request, item) for item in chosen(request, request.POST)]
        context = {"answers": answers, "back": reverse("approvals:worklist")}
        return render(request, "approvals/together_done.html", context)
    waiting = WorkItem.objects.awaiting(request.user, local_day(request.now))
    mine = set(waiting.values_list("pk", flat=True))
    items = chosen(request, request.GET)
    context = {
        "items": [item for item in items if item.pk in mine and is_agreement(item)],
        "left": [item for item in items if item.pk not in mine or not is_agreement(item)],
        "key": str(uuid.uuid4()),
        "back": reverse("approvals:worklist"),
    }
    return render(request, "approvals/together.html", context)


def chosen(request: Request, data: QueryDict) -> list[WorkItem]:
    """The steps named, of initiatives the person may see; a name that is no number is nobody's."""
    keys = [int(key) for key in data.getlist("item")[:MOST] if key.isdecimal() and len(key) < 19]
    visible = Initiative.dossiers.visible_to(request.user, local_day(request.now))
    items = WorkItem.objects.filter(pk__in=keys, initiative__in=visible)
    return list(
        items.select_related("initiative__unit", "initiative__lead", "submission", "person")
    )


def _agree(request: Request, item: WorkItem) -> Answer:
    if not is_agreement(item):
        return Answer(item, _("This step asks for more than agreement: open the dossier."))
    payload = {"work_item": item.pk, "key": form_key(request, item.pk)}
    try:
        perform(Action.APPROVE, item.initiative_id, request.user, request.now, payload)
    except Refused as refused:
        return Answer(item, refused.refusal.reason)
    return Answer(item)
