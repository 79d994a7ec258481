"""Stopping one kind of mail by the link that stands in it, without signing in (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.kinds import kind_name
from notifications.preferences import switch_off
from notifications.unsubscribing import read
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@csrf_exempt
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks, because scanners open every link of a mail. POST comes from the button or from
    the mail program itself, which has no session and no token but the signed address.
    """
    found = read(signed)
    if found is None:
        raise Http404
    person = get_object_or_404(User, pk=found.person_id)
    if request.method == "POST":
        switch_off(person, found.kind)
    with translation.override(person.language):
        context = {"kind": kind_name(found.kind), "done": request.method == "POST"}
        return render(request, "notifications/stop.html", context)
