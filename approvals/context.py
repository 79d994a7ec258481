from typing import Any

from django.http import HttpRequest

from people.models import User
from workflow.deadlines import local_day
from workflow.models import WorkItem


def waiting(request: HttpRequest) -> dict[str, Any]:
    """The number beside "worklist" in the navigation; counted only when a template shows it."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    now = request.now  # type: ignore[attr-defined]
    return {"waiting_count": lambda: WorkItem.objects.awaiting(user, local_day(now)).count()}
