"""What the edge of every request adds: the time, and the language the person chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Handler = Callable[[HttpRequest], HttpResponse]


def clock(get_response: Handler) -> Handler:
    """Time enters here and is passed down, so that one request has one `now`."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def language(get_response: Handler) -> Handler:
    """The person's choice, else the device's, else Vietnamese.

    Django's own middleware would follow the browser's Accept-Language, and most browsers sold
    in Vietnam ask for English.
    """
    known = dict(settings.LANGUAGES)

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if request.user.is_authenticated:
            chosen = request.user.language
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return handle
