"""The same settings for trial and production: the environment alone tells them apart.

What makes a whole by itself stands beside: `broker`, `database`, `mail`, `security`, `logs`.
"""

import logging
from datetime import timedelta

from bootstrap_wrapper import get_bootstrap_dir
from django.utils.translation import gettext_lazy as _

from config import logs
from config.broker import *
from config.database import *
from config.environment import BASE_DIR, BASE_URL, SECURE, VAR, env
from config.mail import *
from config.security import *

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

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
TIME_ZONE = CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir() / "css")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # that is for fonts on another host, and we have none

DOCUMENT_FONTS = env.str("DOCUMENT_FONTS", default="")
"""A folder with Times New Roman, for a school that owns it; without, a free Times is used."""
SIGNING_TRUST_ROOTS = env.str("SIGNING_TRUST_ROOTS", default=str(VAR / "trust"))
"""A folder with the certificates (PEM or DER) of the authorities whose signatures count."""

LOGGING = logs.configuration(json=SECURE)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

MONITORING_TOKEN = env.str("MONITORING_TOKEN", default="")
"""Who sends it may read the parts of /health/ and /metrics; empty: nobody."""
