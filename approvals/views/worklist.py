from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from approvals.forms import InitiativeFilter
from approvals.views.together import is_agreement
from people.grants import Post, delegators
from people.http import Request
from people.models import User
from workflow.deadlines import local_day
from workflow.models import WorkItem

PAGE = 25
_OPEN = Prefetch(
    "work_items",
    WorkItem.objects.open().select_related("person", "unit"),
    to_attr="open_items",
)


@require_safe
@login_required
def worklist(request: Request) -> HttpResponse:
    """Home: what waits for me, since when, until when; the most urgent first."""
    items = WorkItem.objects.awaiting(request.user, local_day(request.now))
    page = Paginator(
        items.select_related("initiative__unit", "initiative__lead", "submission"), PAGE
    ).get_page(request.GET.get("page"))
    lent = delegators(request.user, local_day(request.now))
    context = {
        "page": page,
        "rows": [(item, _behalf(item, lent), is_agreement(item)) for item in page],
        "waiting_count": page.paginator.count,
    }
    return render(request, "approvals/worklist.html", context)


def _behalf(item: WorkItem, lent: dict[Post, User]) -> User | None:
    raised = (item.raised_unit_id or 0, item.raised_role)
    return lent.get((item.unit_id, item.role)) or lent.get(raised)


@require_safe
@login_required
def initiatives(request: Request) -> HttpResponse:
    """The list with its filters; htmx asks for the results alone."""
    chosen = InitiativeFilter(request.GET, user=request.user, now=request.now)
    found = chosen.found().select_related("unit", "lead", "round")
    page = Paginator(found.prefetch_related(_OPEN), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    template = "initiatives_results" if request.htmx else "initiatives"
    context = {"page": page, "filter": chosen, "query": query.urlencode()}
    return render(request, f"approvals/{template}.html", context)
