import uuid
from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import User


class Request(HttpRequest):
    """A request as views of signed-in people get it: the person, the time, and htmx's headers.

    Only a name for the types: the middleware of `people.middleware` and django-htmx adds them.
    """

    user: User
    now: datetime
    htmx: HtmxDetails


def form_key(request: HttpRequest, about: object = "") -> str | None:
    """The key by which a form posted twice takes effect once; None when the form brings none.

    Whatever the browser sent becomes a UUID, so no text is too long or unfit for the database.
    `about` tells apart the effects of a form that has several.
    """
    sent = request.POST.get("key", "")
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{sent}/{about}")) if sent else None
