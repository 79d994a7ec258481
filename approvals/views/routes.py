"""The ways to agreement of a movement: read every version, try a new one, save it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.route import StepFormSet, TryOutForm, initial_steps
from approvals.trial import Trial, try_out
from approvals.views.growing import with_one_more
from people.colleagues import colleagues
from people.http import Request
from workflow.deadlines import local_day
from workflow.kept import movements_kept
from workflow.models import Gate, Movement, Route

EDIT_ROUTES = "edit_routes"
NEW_STEP = {"working_days": 3, "quorum": "any", "asks": "agreement"}


@require_safe
@login_required
def routes(request: Request) -> HttpResponse:
    """Every movement's gates with the versions of their routes, the one in force first."""
    versions = Route.objects.select_related("saved_by").prefetch_related("steps__people")
    movements = movements_kept(request, EDIT_ROUTES).prefetch_related(Prefetch("routes", versions))
    rows = [(movement, _gates(movement)) for movement in movements]
    return render(request, "approvals/routes.html", {"rows": rows})


def _gates(movement: Movement) -> list[tuple[Gate, list[Route]]]:
    saved = list(movement.routes.all())
    return [(gate, [one for one in saved if one.gate == gate]) for gate in Gate]


@require_http_methods(["GET", "POST"])
@login_required
def route(request: Request, pk: int, gate: str) -> HttpResponse:
    """GET shows the route in force; POST tries it, adds a row, or saves the next version."""
    movement = get_object_or_404(movements_kept(request, EDIT_ROUTES), pk=pk)
    if gate not in Gate.values:
        raise Http404
    in_force = Route.objects.in_force(movement, gate)
    number = in_force.number if in_force else 0
    posted = request.method == "POST"
    data = with_one_more(request, "steps", "position", **NEW_STEP) if posted else None
    steps: Any = StepFormSet(
        data,
        prefix="steps",
        initial=initial_steps(list(in_force.steps.all())) if in_force and data is None else None,
        form_kwargs={"people": colleagues(movement.unit, local_day(request.now))},
    )
    form = TryOutForm(data, movement=movement, initial={"base": number})
    page: dict[str, Any] = {"movement": movement, "gate": Gate(gate), "number": number}
    page |= {"steps": steps, "form": form, "adding": "more" in request.POST}
    if data is not None and "more" not in data and steps.is_valid() and form.is_valid():
        planned = [row.planned() for row in steps.rows()]
        trial = try_out(movement, gate, planned, form.cleaned_data["initiative"], request.now)
        page["trial"] = trial
        if "save" in data and _save(request, page, form.cleaned_data["base"], trial):
            return redirect("approvals:routes")
    shown = data is None or "trial" in page or page["adding"]
    return render(request, "approvals/route.html", page, status=200 if shown else 422)


def _save(request: Request, page: dict[str, Any], base: int, trial: Trial) -> bool:
    """Store the next version, unless nobody could pass it or somebody else saved one meanwhile."""
    if trial.refusal:
        return False
    rows = [
        {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
        for row in page["steps"].rows()
    ]
    try:
        if base != page["number"]:
            raise IntegrityError
        Route.objects.add_version(page["movement"], page["gate"], rows, request.user, request.now)
    except IntegrityError:
        page["overtaken"] = True
        return False
    messages.success(
        request,
        _("The route is saved. What has been submitted before keeps the route it was given."),
    )
    return True
