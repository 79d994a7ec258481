from functools import cache
from typing import Any

from django.http import HttpRequest

from notifications.inbox import MANY, unread_count
from people.grants import paths
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
        "edits_routes": cache(lambda: bool(paths(user, today, "edit_routes"))),
        "edits_calendar": cache(lambda: bool(paths(user, today, "edit_calendar"))),
        "drafts_documents": cache(lambda: bool(paths(user, today, "draft_documents"))),
        "replaces_templates": cache(lambda: bool(paths(user, today, "replace_templates"))),
        "sees_deliveries": cache(lambda: bool(paths(user, today, "see_deliveries"))),
    }
