"""Chasing several who are late at once: a summary names each, and each goes through the door."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from approvals.actions import perform
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.views.together import Answer, chosen
from people.http import Request
from workflow.models import WorkItem


@require_http_methods(["GET", "POST"])
@login_required
def chase_several(request: Request) -> HttpResponse:
    """GET names what was ticked and sends nothing; POST reminds and says what was left alone."""
    back = f"{reverse('approvals:worklist')}?show=unit"
    if request.method == "POST":
        answers = [_chase(request, item) for item in _once_each(chosen(request, request.POST))]
        return render(request, "approvals/chased.html", {"answers": answers, "back": back})
    items = [item for item in chosen(request, request.GET) if item.closed_at is None]
    return render(request, "approvals/chase_several.html", {"items": items, "back": back})


def _once_each(items: list[WorkItem]) -> list[WorkItem]:
    """One item for each initiative: a reminder speaks of everything that is open there."""
    return list({item.initiative_id: item for item in items}.values())


def _chase(request: Request, item: WorkItem) -> Answer:
    try:
        perform(Action.CHASE, item.initiative_id, request.user, request.now)
    except Refused as refused:
        return Answer(item, refused.refusal.reason)
    return Answer(item)
