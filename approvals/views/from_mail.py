"""Deciding from a mail: the link opens a page that asks; only the button on it decides."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals.case import Case
from approvals.gather import open_case
from approvals.policy import Action, refusal
from approvals.views.page import dossier_page
from notifications.inbox import mark_read
from notifications.tickets import Ticket, read
from people.http import Request
from people.models import User
from workflow.deadlines import local_day
from workflow.models import Initiative, WorkItem
from workflow.voting import VOTES

GONE = 410


@dataclass(frozen=True)
class Dead:
    """Why a link leads nowhere any more, and the dossier that the reader may see instead."""

    reason: str
    status: int = GONE
    initiative: Initiative | None = None


@require_safe
@never_cache
@login_required
def from_mail(request: Request, ticket: str) -> HttpResponse:
    found = read(ticket)
    if found is None or found.person_id != request.user.pk:
        dead = Dead(_foreign(found), 404 if found is None else 403)
        return _explain(request, dead)
    item = WorkItem.objects.select_related("closed_by").filter(pk=found.work_item_id).first()
    visible = Initiative.dossiers.visible_to(request.user, local_day(request.now))
    initiative = visible.filter(pk=item.initiative_id).first() if item else None
    if item is None or initiative is None:
        return _explain(request, Dead(_("You no longer have a part in this dossier.")))
    case = open_case(initiative.pk, request.user, request.now, lock=False)
    case.seen = item.pk
    if reason := _outdated(found, item, case, request.user):
        return _explain(request, Dead(reason, initiative=initiative))
    mark_read(request.user, request.now, about=initiative)
    return render(request, "approvals/from_mail.html", dossier_page(case))


def _foreign(ticket: Ticket | None) -> str:
    if ticket is None:
        return _("The link is incomplete or was changed. Copy it from the mail as a whole.")
    return _("The link is for somebody else. Sign in as the person who got the mail.")


def _outdated(ticket: Ticket, item: WorkItem, case: Case, reader: User) -> str:
    """Used, overtaken, no longer theirs, or too old; empty when it still holds."""
    if item.closed_at:
        if item.closed_by == reader:
            return _("You have already dealt with this step.")
        who = item.closed_by or _("The system")
        return _("%(who)s has already dealt with this step.") % {"who": who}
    if case.pending is None or case.pending.content_hash != ticket.content_hash:
        return _("The content has changed since the mail was written.")
    agrees = Action.FOR if case.asks in VOTES else Action.APPROVE
    if found := refusal(agrees, case):
        return found.reason
    if ticket.expired:
        return _("The link is older than 30 days. The step itself is still open.")
    return ""


def _explain(request: Request, dead: Dead) -> HttpResponse:
    return render(request, "approvals/dead_link.html", {"dead": dead}, status=dead.status)
