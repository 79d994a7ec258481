from functools import cache
from typing import Any

from django.http import HttpRequest

from notifications.inbox import MANY, unread_count
from people.holdings import permissions
from people.models import User
from workflow.deadlines import local_day
from workflow.models import WorkItem


def waiting(request: HttpRequest) -> dict[str, Any]:
    """What the navigation shows; asked for once, and only when a template does."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    now = request.now  # type: ignore[attr-defined]
    today = local_day(now)
    return {
        "many": MANY,
        "waiting_count": cache(lambda: WorkItem.objects.awaiting(user, today).count()),
        "unread_count": cache(lambda: unread_count(user)),
        "may": cache(lambda: permissions(user, today)),
    }
