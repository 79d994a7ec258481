"""Settings: the secret key, cookies, https, and whom to believe about a client's address."""

from secrets import token_urlsafe

from django.core.exceptions import ImproperlyConfigured

from config.environment import SECURE, VAR, env


def _secret_key() -> str:
    """The trial keeps a key of its own in var/; behind https a missing key must stop the start."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    if SECURE:
        raise ImproperlyConfigured("Set SECRET_KEY: a site behind https needs one of its own.")
    VAR.mkdir(parents=True, exist_ok=True)
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$"]
"""Asked by programs beside the product, not through the proxy."""
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if SECURE else 0)
"""How many proxies add to X-Forwarded-For. Without it every guess at a password would count for
the proxy's own address, and ten wrong ones would shut out the whole school."""
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
"""HSTS for other hosts below this one and in browsers' lists binds a whole domain for a year: its
owner's decision, not this product's."""
