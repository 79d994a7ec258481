"""My due dates in my calendar program: a secret address that can be renewed and ended."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from notifications.calendar_feed import due_dates
from notifications.models import CalendarFeed
from people.http import Request
from workflow.deadlines import local_day

MINUTES = 15


@require_safe
@cache_control(private=True, max_age=MINUTES * 60)
def feed(request: Request, secret: str) -> HttpResponse:
    """The secret in the address is all a calendar program has: it signs in with nothing else."""
    reader = CalendarFeed.objects.reader(secret, local_day(request.now))
    if reader is None:
        raise Http404
    content = due_dates(reader, request.now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_POST
@never_cache
@login_required
def renew(request: Request) -> HttpResponse:
    """The one page that shows the address: it cannot be looked up afterwards."""
    secret = CalendarFeed.objects.renew(request.user, request.now)
    address = settings.BASE_URL + reverse("notifications:feed", args=[secret])
    return render(request, "notifications/calendar.html", {"address": address})


@require_POST
@login_required
def end(request: Request) -> HttpResponse:
    CalendarFeed.objects.filter(user=request.user).delete()
    messages.success(request, _("The calendar address no longer works."))
    return redirect("notifications:inbox")
