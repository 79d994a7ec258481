"""A chart as files: the picture as SVG, its table as a spreadsheet or as plain text."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from approvals.views.evidence import INERT
from people.http import Request
from reports.charts import Chart
from reports.dashboard_charts import CHARTS
from reports.figures import Scope
from reports.result_charts import KEPT, results
from reports.views.answers import file_answer
from reports.views.dashboard import movements_seen, scope_of

WRITERS: dict[str, Callable[[Chart], bytes]] = {
    "svg": Chart.as_svg, "csv": Chart.as_csv, "xlsx": Chart.as_xlsx
}  # fmt: skip


@require_safe
@login_required
def as_file(request: Request, slug: str, form: str) -> HttpResponse:
    scope = scope_of(request, movements_seen(request))
    if scope is None or slug not in CHARTS:
        raise Http404
    content = WRITERS[form](_maker(slug, form)(scope))
    name = "-".join(filter(None, ("thi-dua", slug, str(scope.year or ""))))
    answer = file_answer(content, f"{name}.{form}", form)
    for head, value in INERT.items():
        answer[head] = value
    return answer


def _maker(slug: str, form: str) -> Callable[[Scope], Chart]:
    """The page shows some of the results; a saved table holds the others too."""
    if slug == "results" and form != "svg":
        return partial(results, most=KEPT)
    return CHARTS[slug]
