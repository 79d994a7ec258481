"""Where somebody was before a form of theirs could not be taken."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme

from people.middleware import Handler


def page_before(request: HttpRequest) -> str:
    """The page of ours that holds the form, by what the browser says; "" when it does not say."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    page = urlsplit(address)._replace(scheme="", netloc="").geturl()
    return page if url_has_allowed_host_and_scheme(page, None) else ""


def to_the_form(get_response: Handler) -> Handler:
    """A form sent after the session has ended leads, through the sign-in, back to its page.

    Django would lead to the address it was sent to, which often takes no GET.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        before = page_before(request) if _is_asked_to_sign_in(request, response) else ""
        return redirect_to_login(before) if before else response

    return handle


def _is_asked_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Not so a form whose own page is that of the sign-in, such as the choice of a language."""
    asks = redirect_to_login(request.get_full_path()).url
    return request.method == "POST" and getattr(response, "url", "") == asks


def to_the_page_above(get_response: Handler) -> Handler:
    """Reloading, or changing the language of, what a form answered opens an address that only
    takes forms: instead of nothing at all the person sees the page above it.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        seen = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not seen:
            return response
        return HttpResponseRedirect(_above(request.path))

    return handle


def _above(path: str) -> str:
    while path != "/":
        path = path[: path.rstrip("/").rfind("/") + 1]
        if is_valid_path(path):
            return path
    return path


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of Django's page: signing in again, in another tab too, changes the form's token."""
    return render(request, "403_csrf.html", {"back": page_before(request)}, status=403)
