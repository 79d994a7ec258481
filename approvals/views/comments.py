"""Saying something about an initiative, and whom one can name in it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from approvals import vault
from approvals.actions import perform
from approvals.gather import open_case
from approvals.mentions import suggested
from approvals.policy import Action
from approvals.viewers import viewers
from approvals.views.found import initiative_view
from approvals.views.page import comment_form, dossier_page
from people.http import Request
from workflow.deadlines import local_day
from workflow.models import Initiative


@require_POST
@initiative_view
def comment(request: Request, initiative: Initiative) -> HttpResponse:
    """What was typed is shown again when it cannot be kept."""
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    form = comment_form(case, request)
    if not form.is_valid():
        page = dossier_page(case) | {"comment_form": form}
        return render(request, "approvals/dossier.html", page, status=422)
    with vault.receiving(form.chosen) as uploads:
        payload = form.payload() | ({"files": uploads} if uploads else {})
        perform(Action.COMMENT, initiative.pk, request.user, request.now, payload)
    return redirect(reverse("approvals:dossier", args=[initiative.pk]) + "#comments")


@require_safe
@initiative_view
def mentions(request: Request, initiative: Initiative) -> HttpResponse:
    """People whose name holds what was typed after an @, of those who may see the initiative."""
    people = viewers(initiative, local_day(request.now)).exclude(pk=request.user.pk)
    return JsonResponse({"people": suggested(people, request.GET.get("q", ""))})
