"""How mail was delivered, for administrators: what was sent, what waits, what was given up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notifications.composing import shown, subject
from notifications.models import Message
from notifications.models.message import MessageQuerySet
from notifications.nudge import nudge
from people.holdings import paths
from people.http import Request
from workflow.deadlines import local_day

PAGE = 50


def _covered(request: Request) -> MessageQuerySet:
    """Messages to people of the units whose deliveries this person looks after; else 404."""
    subtrees = paths(request.user, local_day(request.now), "see_deliveries")
    if not subtrees:
        raise Http404
    return Message.objects.to_members_below(subtrees).select_related("recipient", "initiative")


@require_safe
@login_required
def deliveries(request: Request) -> HttpResponse:
    rows = _covered(request)
    if status := request.GET.get("status"):
        rows = rows.with_status(status)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(message, subject(message)) for message in page],
        "status": status,
        "query": f"status={status}" if status else "",
    }
    return render(request, "notifications/deliveries.html", context)


@require_safe
@login_required
def delivery(request: Request, pk: int) -> HttpResponse:
    message = get_object_or_404(_covered(request), pk=pk)
    context = {"message": message, "content": shown(message)}
    return render(request, "notifications/delivery.html", context)


@require_POST
@login_required
def send_again(request: Request, pk: int) -> HttpResponse:
    """Give a message that was given up, or that snoozes, a new chance now."""
    message = get_object_or_404(_covered(request).undelivered(), pk=pk)
    message.cancelled_at, message.not_before, message.attempts = None, request.now, 0
    message.save(update_fields=("cancelled_at", "not_before", "attempts"))
    nudge()
    messages.success(request, _("The message will be sent again."))
    return redirect("notifications:delivery", pk=pk)
