"""One line per event: JSON for machines in production, text for people in the trial.

No line may carry personal data (Law 91/2025): people are named by key, pages by their route, and
addresses, secrets in links and the rows that a database quotes in its errors are taken out.
"""

import re
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?<=/)[\w.:=-]{25,}"), "[secret]"),
    (re.compile(r"(?m)^(\s*DETAIL:).*$"), r"\1 [row]"),
)


def hide(text: str) -> str:
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


def hide_personal_data(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {key: hide(value) if isinstance(value, str) else value for key, value in event.items()}


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    hide_personal_data,
]


def configuration(*, json: bool) -> dict[str, Any]:
    """For Django's LOGGING. Every library's lines go the same way as our own."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _line(json=json)},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # The middleware says it once, with the route instead of the path.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            # What it finds wrong with a signed file is an answer, not a fault of ours.
            "pyhanko": {"level": "ERROR"},
        },
    }


def _line(*, json: bool) -> dict[str, Any]:
    """How one event is written."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        "foreign_pre_chain": SHARED,
    }


class RequestLog(RequestMiddleware):
    """By route: a path may hold a signed link, and a query what somebody looked for."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        if match is None:
            return f"{request.method} (no such page)"
        keys = [f"{name}={value}" for name, value in match.kwargs.items() if isinstance(value, int)]
        return " ".join([request.method or "", f"/{match.route}", *keys])
