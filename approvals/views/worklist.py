from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from approvals.forms import InitiativeFilter
from approvals.rules.people import LEADS
from approvals.views.together import is_agreement
from approvals.worklist import PAGE, Show, waiting
from people.holdings import paths
from people.http import Request
from workflow.deadlines import local_day
from workflow.models import WorkItem

_OPEN = Prefetch(
    "work_items",
    WorkItem.objects.open().select_related("person", "unit"),
    to_attr="open_items",
)


@require_safe
@login_required
def worklist(request: Request) -> HttpResponse:
    """Home: what waits for me, since when, until when; the most urgent first."""
    chosen = request.GET.get("show", "")
    show = Show(chosen) if chosen in Show.values else Show.MINE
    today = local_day(request.now)
    found = waiting(request.user, today, request.GET.get("page"), show)
    chases = show == Show.UNIT and bool(paths(request.user, today, LEADS))
    context = {
        "show": show,
        "counts": found.counts,
        "query": f"show={show}",
        "chases": chases,
        "page": found.page,
        "rows": [
            (item, found.behalf.get(item.pk), chases if show == Show.UNIT else is_agreement(item))
            for item in found.page
        ],
        "waiting_count": found.counts.get(Show.MINE, found.page.paginator.count),
    }
    return render(request, "approvals/worklist.html", context)


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
