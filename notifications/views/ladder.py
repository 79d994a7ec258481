"""The escalation ladder of each movement, for the administrator of its unit."""

from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.forms import RungForm
from notifications.laying import give_own_ladder, lay, retire
from notifications.models import LadderRung
from notifications.planned import Planned, planned
from people.http import Request
from workflow.calendar import ZONE
from workflow.deadlines import local_day
from workflow.kept import movements_kept
from workflow.models import Duty, Movement

EDIT_LADDERS = "edit_routes"
MORNING = time(7)
SHOWN = 20
COUNTED = 500


@require_safe
@login_required
def ladders(request: Request) -> HttpResponse:
    """Every movement's ladder, what it would do tomorrow morning, and what was retired."""
    rows = [_shown(movement, request.now) for movement in movements_kept(request, EDIT_LADDERS)]
    return render(request, "notifications/ladders.html", {"rows": rows})


def _shown(movement: Movement, now: datetime) -> dict[str, Any]:
    in_force = sorted(movement.ladder.in_force(), key=_order)
    kinds: list[tuple[str, Any]] = [("", _("All kinds of work")), *Duty.choices]
    own = {rung.duty for rung in in_force}
    return {
        "movement": movement,
        "ladders": [
            (duty, name, [rung for rung in in_force if rung.duty == duty])
            for duty, name in kinds
            if duty in own or not duty
        ],
        "without": [(duty, name) for duty, name in Duty.choices if duty not in own],
        "retired": movement.ladder.filter(retired_at__isnull=False, escalations__isnull=False)
        .select_related("retired_by")
        .annotate(climbed=Count("escalations")),
        **_tomorrow(movement, now),
    }


def _order(rung: LadderRung) -> tuple[float, int]:
    """As they follow each other in an ordinary week of five working days."""
    return rung.offset * (1.4 if rung.working_days else 1), rung.pk


def _tomorrow(movement: Movement, now: datetime) -> dict[str, Any]:
    """The dry run of tomorrow morning: how many mails, and the first of them."""
    morning = datetime.combine(local_day(now) + timedelta(days=1), MORNING, ZONE)
    found: list[Planned] = list(islice(planned(morning, movement.pk), COUNTED + 1))
    rungs = {rung.pk: rung for rung in movement.ladder.all()}
    return {
        "morning": morning,
        "planned": [(one, rungs[one.rung_id], Duty(one.duty)) for one in found[:SHOWN]],
        "count": min(len(found), COUNTED),
        "more": len(found) > COUNTED,
        "hidden": max(0, min(len(found), COUNTED) - SHOWN),
    }


@require_http_methods(["GET", "POST"])
@login_required
def new_rung(request: Request, pk: int) -> HttpResponse:
    movement = get_object_or_404(movements_kept(request, EDIT_LADDERS), pk=pk)
    duty = request.GET.get("duty", "")
    if duty and duty not in Duty.values:
        raise Http404
    return _edit(request, movement, duty, None)


@require_http_methods(["GET", "POST"])
@login_required
def rung(request: Request, pk: int) -> HttpResponse:
    """Change a rung: what was climbed keeps the old one."""
    found = _rung(request, pk)
    return _edit(request, found.movement, found.duty, found)


def _rung(request: Request, pk: int) -> LadderRung:
    in_force = LadderRung.objects.in_force().select_related("movement")
    return get_object_or_404(
        in_force.filter(movement__in=movements_kept(request, EDIT_LADDERS)), pk=pk
    )


def _edit(request: Request, movement: Movement, duty: str, old: LadderRung | None) -> HttpResponse:
    others = movement.ladder.in_force().filter(duty=duty)
    if old:
        others = others.exclude(pk=old.pk)
    form = RungForm(request.POST or None, others=others, rung=old)
    if request.method == "POST" and form.is_valid():
        key = old.pk if old else None
        try:
            lay(movement, duty, form.values(), request.user, request.now, key)
        except IntegrityError:
            form.add_error(None, _("Somebody else has just changed this ladder. Look at it again."))
        else:
            messages.success(request, _("The ladder is saved. What was told stays as it was."))
            return redirect("notifications:ladders")
    kind = Duty(duty).label if duty else _("All kinds of work")
    page = {"form": form, "movement": movement, "kind": kind, "rung": old}
    status = 422 if form.is_bound else 200
    return render(request, "notifications/rung.html", page, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def retire_rung(request: Request, pk: int) -> HttpResponse:
    """GET says what it would mean, POST does it."""
    found = _rung(request, pk)
    if request.method == "GET":
        climbed = found.escalations.count()
        context = {"rung": found, "climbed": climbed, "movement": found.movement}
        return render(request, "notifications/retire_rung.html", context)
    retire(found, request.user, request.now)
    messages.success(request, _("The rung is gone from the ladder."))
    return redirect("notifications:ladders")


@require_POST
@login_required
def own_ladder(request: Request, pk: int, duty: str) -> HttpResponse:
    """Give a kind of work a ladder of its own, which begins as a copy of the general one."""
    movement = get_object_or_404(movements_kept(request, EDIT_LADDERS), pk=pk)
    if duty not in Duty.values:
        raise Http404
    give_own_ladder(movement, duty)
    return redirect("notifications:ladders")
