"""Settings: how mail leaves. Without a server it is written into files."""

from datetime import timedelta

from config.environment import VAR, env

EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = min(env.int("EMAIL_TIMEOUT", default=10), 15)  # 12 of them fit into a lease
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
MAIL_DOMAINS = [domain.lower() for domain in env.list("MAIL_DOMAINS", default=[])]
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Thi Đua <thidua@localhost>")
MAIL_LEASE = timedelta(minutes=5)
"""How long a sender may hold a message before another one takes it over."""
MAIL_FIRST_RETRY = timedelta(seconds=30)
"""Twice as long after each attempt that failed for now."""
