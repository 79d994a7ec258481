"""Fetching what a person may see, and answering what they may not do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from approvals.refusal import Refused
from people.http import Request
from workflow.deadlines import local_day
from workflow.models import Initiative

View = Callable[..., HttpResponseBase]


def initiative_view(view: View) -> View:
    """A view of one initiative: what the person may not see does not exist (404), and a refusal
    is a page that says why: 409 when the dossier has moved on meanwhile, else 403."""

    @login_required
    @wraps(view)
    def handle(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = Initiative.dossiers.visible_to(request.user, local_day(request.now))
        initiative = get_object_or_404(visible, pk=pk)
        try:
            return view(request, initiative, *args, **kwargs)
        except Refused as refused:
            return refusal_page(request, refused, initiative)

    return handle


def refusal_page(
    request: Request, refused: Refused, initiative: Initiative | None = None
) -> HttpResponse:
    status = 409 if refused.refusal.conflict else 403
    context = {"reason": refused.refusal.reason, "initiative": initiative, "status": status}
    return render(request, "approvals/refused.html", context, status=status)
