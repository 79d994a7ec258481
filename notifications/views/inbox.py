"""The bell's page: everything a person was told, and what of it they have not read."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from notifications.composing import page, subject
from notifications.inbox import mark_read
from notifications.models import CalendarFeed, Message
from people.http import Request

PAGE = 25


@require_safe
@login_required
def inbox(request: Request) -> HttpResponse:
    rows = Message.objects.filter(recipient=request.user).select_related("initiative")
    unread_only = request.GET.get("show") == "unread"
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(message, subject(message)) for message in shown],
        "unread_only": unread_only,
        "query": "show=unread" if unread_only else "",
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
    }
    return render(request, "notifications/inbox.html", context)


@require_safe
@login_required
def follow(request: Request, pk: int) -> HttpResponse:
    """To what the message is about; it is read by that."""
    message = get_object_or_404(
        Message.objects.filter(recipient=request.user).select_related("initiative"), pk=pk
    )
    Message.objects.filter(pk=pk, read_at__isnull=True).update(read_at=request.now)
    return redirect(page(message))


@require_POST
@login_required
def read(request: Request) -> HttpResponse:
    mark_read(request.user, request.now)
    return redirect("notifications:inbox")
