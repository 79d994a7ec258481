"""Saying something about an initiative."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from approvals.actions import perform
from approvals.gather import open_case
from approvals.policy import Action
from approvals.views.found import initiative_view
from approvals.views.page import comment_form, dossier_page
from people.http import Request
from workflow.models import Initiative


@require_POST
@initiative_view
def comment(request: Request, initiative: Initiative) -> HttpResponse:
    """What was typed is shown again when it cannot be kept."""
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    form = comment_form(case, request.POST)
    if not form.is_valid():
        page = dossier_page(case) | {"comment_form": form}
        return render(request, "approvals/dossier.html", page, status=422)
    perform(Action.COMMENT, initiative.pk, request.user, request.now, form.payload())
    return redirect(reverse("approvals:dossier", args=[initiative.pk]) + "#comments")
