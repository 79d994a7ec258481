"""One settings file for trial and production: the environment alone tells them apart."""

import logging
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import environ
from bootstrap_wrapper import get_bootstrap_dir
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR = Path(env.str("THIDUA_VAR", default=str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", default=False)
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")


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

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "people",
    "workflow",
    "notifications",
    "approvals",
    "reports",
    "config.apps.ThiDuaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_structlog",
    "heroicons",
]

MIDDLEWARE = [
    "config.headers.limits",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.logs.RequestLog",
    "people.middleware.clock",
    "people.middleware.language",
    "people.coming_back.to_the_form",
    "people.coming_back.to_the_page_above",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "approvals.context.waiting",
            ],
            "builtins": ["workflow.templatetags.thidua", "heroicons.templatetags.heroicons"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our own options, Django's the rest


def _database() -> dict[str, Any]:
    """SQLite must take its write lock at BEGIN: deferred locks cost 1,397 of 1,600 writes.

    PostgreSQL keeps the plan of a statement it has seen twice, which needs connections of our own:
    behind a pooler that shares them per transaction, set `prepare_threshold` to None.
    """
    database: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR / 'thidua.sqlite3'}"
    )
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        database["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "people.coming_back.form_expired"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "people.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None  # asked at the sign-in: staff rooms share computers
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}

EVIDENCE_ROOT = VAR / "evidence"
EVIDENCE_FILE_BYTES = env.int("EVIDENCE_FILE_MB", default=20) * 2**20
EVIDENCE_DOSSIER_BYTES = env.int("EVIDENCE_DOSSIER_MB", default=200) * 2**20
EVIDENCE_FILES = env.int("EVIDENCE_FILES", default=50)
FILE_UPLOAD_HANDLERS = [
    "approvals.uploading.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EXPORTS_ROOT = VAR / "exports"
EXPORT_HOURS = env.int("EXPORT_HOURS", default=72)
"""How long a finished export can be downloaded."""
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=1)
"""Over all workers; each keeps one child of a worker busy, and one core at the lowest priority."""

UNDO_WINDOW = timedelta(minutes=env.int("UNDO_MINUTES", default=10))

QUIET_HOURS = env.str("QUIET_HOURS", default="22:00-06:00")
"""Vietnamese time; empty for mail at any hour. Each person may choose otherwise."""

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir() / "css")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # that is for fonts on another host, and we have none

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

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 3,
    "socket_connect_timeout": 3,
    "health_check_interval": 25,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "config.heartbeat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "approvals.tasks.sweep", "schedule": 60, "options": {"expires": 55}},
    "exports": {"task": "reports.tasks.make_exports", "schedule": 60, "options": {"expires": 55}},
    "dates": {"task": "approvals.tasks.follow_dates", "schedule": 60, "options": {"expires": 55}},
    "deliver": {"task": "notifications.tasks.deliver", "schedule": 30, "options": {"expires": 25}},
}

DOCUMENT_FONTS = env.str("DOCUMENT_FONTS", default="")
"""A folder with Times New Roman, for a school that owns it; without, a free Times is used."""
SIGNING_TRUST_ROOTS = env.str("SIGNING_TRUST_ROOTS", default=str(VAR / "trust"))
"""A folder with the certificates (PEM or DER) of the authorities whose signatures count."""

LOGGING = logs.configuration(json=SECURE)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

MONITORING_TOKEN = env.str("MONITORING_TOKEN", default="")
"""Who sends it may read the parts of /health/ and /metrics; empty: nobody."""
