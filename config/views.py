"""For the programs that watch the product. None of it tells anything about a person.

Alive and ready are for containers and proxies. The health page answers everybody in one word, for
a status page needs no secret; its parts and the figures are for who holds MONITORING_TOKEN.
Loopback is no proof: behind a proxy on the same machine, every request comes from there.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from config.monitoring import checks, database_answers, figures
from people.http import Request

WORDS = {
    "thidua_overdue_items": "Open work items whose time is over",
    "thidua_outbox_depth": "Messages written and not yet sent",
    "thidua_outbox_given_up": "Messages that were given up",
    "thidua_oldest_waiting_message_seconds": "How long the oldest message has waited",
    "thidua_sweep_duration_seconds": "How long the last sweep took",
    "thidua_sweep_last_timestamp_seconds": "When the last sweep ended",
    "thidua_beat_last_timestamp_seconds": "When the beat last woke something",
}


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nobody else: a broken database is no reason to restart it."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Pages can be served: the database answers. The broker is not needed for that."""
    return _status(database_answers())


@never_cache
@require_safe
def health(request: Request) -> HttpResponse:
    found = checks(request.now)
    parts = {check.name: {"ok": check.ok, **check.facts} for check in found}
    return _status(all(check.ok for check in found), parts if _may_look(request) else {})


@never_cache
@require_safe
def metrics(request: Request) -> HttpResponse:
    """In Prometheus' text format; read from the database, so that any web process can answer."""
    if not _may_look(request):
        raise Http404
    registry = CollectorRegistry()
    for name, value in figures(request.now).items():
        Gauge(name, WORDS[name], registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _status(ok: bool, parts: dict[str, dict[str, object]] | None = None) -> HttpResponse:
    answer: dict[str, object] = {"status": "ok" if ok else "failed"}
    return JsonResponse(answer | ({"checks": parts} if parts else {}), status=200 if ok else 503)


def _may_look(request: HttpRequest) -> bool:
    """`Authorization: Bearer …`; without a token in the settings nobody may."""
    token = settings.MONITORING_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(given, f"Bearer {token}")
