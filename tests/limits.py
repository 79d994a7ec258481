"""What every answer tells a browser, written down a second time: a slip in config is found."""

from django.http import HttpResponseBase

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICTER = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Referrer-Policy": "no-referrer",
}
"""What a file that people brought, or that is saved only, may say instead."""


def lacking(answer: HttpResponseBase) -> list[str]:
    """The headers that are missing or say something else; shared caches keep nothing."""
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in EXPECTED.items()
        if answer.headers.get(name) not in (value, STRICTER.get(name, value))
    ]
    kept = answer.headers.get("Cache-Control", "")
    return found if "private" in kept else [*found, f"Cache-Control: {kept}"]
