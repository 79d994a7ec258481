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
