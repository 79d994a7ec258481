from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.delegating import delegate, take_back
from approvals.forms.delegation import DelegationForm, lendable
from approvals.models import Decision
from people.http import Request
from people.models import Delegation, User
from workflow.deadlines import local_day


@require_safe
@login_required
def delegations(request: Request) -> HttpResponse:
    """What I have lent, with what was decided in my name; and what others have lent to me."""
    today = local_day(request.now)
    context = {
        "today": today,
        "absences": request.user.absences.filter(ends_on__gte=today),
        "can_lend": lendable(request.user, today).exists(),
        "given": _rows(request.user.delegated.all()),
        "received": _rows(request.user.stands_in.all()),
        "decisions": _decided_for(request.user),
    }
    return render(request, "approvals/delegations.html", context)


def _rows(delegations: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return delegations.select_related("delegator", "delegate", "unit").order_by("-ends_on", "-pk")


def _decided_for(user: User) -> QuerySet[Decision]:
    decided = Decision.objects.filter(on_behalf_of=user)
    return decided.select_related("actor", "submission__initiative").order_by("-at")[:50]


@require_http_methods(["GET", "POST"])
@login_required
def lend(request: Request) -> HttpResponse:
    form = DelegationForm(request.POST or None, user=request.user, today=local_day(request.now))
    if request.method == "POST" and form.is_valid():
        delegate(form.instance, request.now)
        messages.success(request, _("The role is lent. Your delegate has been told."))
        return redirect("approvals:delegations")
    status = 422 if form.is_bound else 200
    return render(request, "approvals/lend.html", {"form": form}, status=status)


@require_POST
@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """Only who lent a role takes it back: for anybody else this delegation does not exist."""
    delegation = get_object_or_404(request.user.delegated, pk=pk)
    if take_back(delegation, request.now):
        messages.success(request, _("The role is yours alone again."))
    return redirect("approvals:delegations")
