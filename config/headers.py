"""What a browser may do with an answer. A view that knows better sets a header itself.

Django's own middleware adds the rest: nosniff, Referrer-Policy and Cross-Origin-Opener-Policy
`same-origin`, and Strict-Transport-Security behind https. Why: docs/adr/0023-browser-limits.md.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
"""Content Security Policy Level 3. Nothing inline, nothing from elsewhere, nothing evaluated."""

UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
"""Features for nobody. The photo of a form opens the telephone's own camera program, which is
no use of the page's camera."""

HEADERS = {
    "Content-Security-Policy": "; ".join(CONTENT),
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""Nearly every page shows people's data: none is kept, neither by a proxy nor on a shared computer
after the sign-out."""


def limits(get_response: Handler) -> Handler:
    """The outermost layer: what the others answer by themselves is limited too."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return handle
