"""The record for people, on paper too, and for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from approvals.changes import changes, labels, preceding
from approvals.views.found import initiative_view
from approvals.views.timeline import events
from approvals.views.votes import votes
from notifications.composing import subject
from notifications.models import Message
from people.http import Request
from people.models import User
from people.roles import Role
from reports.record import record, right, submissions_of, units_of
from workflow.models import Initiative, Submission

RIGHTS = {
    "post": _("holds the role that was asked"),
    "name": _("was asked by name"),
    "absence": _("stands in while everybody who was asked is absent"),
    "delegation": _("stands in for the holder of the role"),
    "escalation": _("next role up, because the step was overdue"),
}


@require_safe
@initiative_view
def as_json(request: Request, initiative: Initiative) -> HttpResponse:
    response = JsonResponse(record(initiative), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{initiative.code}.json"'
    return response


@require_safe
@initiative_view
def as_page(request: Request, initiative: Initiative) -> HttpResponse:
    submissions = submissions_of(initiative)
    units, names, asked = units_of(submissions), labels(initiative), _named(submissions)
    authors = list(initiative.authorships.select_related("user"))
    counted = votes(submissions, authors)
    context = {
        "initiative": initiative,
        "authors": authors,
        "labels": names,
        "parts": [
            _part(one, submissions, names)
            | {"route": _route(one, units, asked), "vote": counted.get(one.pk)}
            for one in submissions
        ],
        "evidence": initiative.evidence.filter(comment__isnull=True).select_related("uploaded_by"),
        "comments": initiative.comments.select_related("author").prefetch_related(
            "mentions", "evidence__uploaded_by"
        ),
        "mails": [(message, subject(message)) for message in _mails(initiative)],
        "trail": events(initiative.audit.select_related("actor").order_by("seq")),
    }
    return render(request, "reports/record.html", context)


def _mails(initiative: Initiative) -> QuerySet[Message]:
    return initiative.messages.select_related("recipient", "initiative").order_by("pk")


def _part(one: Submission, submissions: list[Submission], names: dict[str, str]) -> dict[str, Any]:
    before = preceding(one, submissions)
    return {
        "submission": one,
        "first": before is None,
        "changes": changes(before, one, names) if before else [],
        "decisions": [(decision, RIGHTS[right(decision)]) for decision in one.decisions.all()],
    }


def _named(submissions: list[Submission]) -> dict[int, User]:
    """The people whom any of the routes asks by name."""
    return User.objects.in_bulk(
        {
            key
            for one in submissions
            for step in one.route
            if not step["role"]
            for key in step["people"]
        }
    )


def _route(one: Submission, units: dict[int, str], named: dict[int, User]) -> list[tuple[str, str]]:
    """Whom each step asks, and at which unit: a role, or people by name."""
    return [
        (str(Role(step["role"]).label), units.get(step["unit"], ""))
        if step["role"]
        else (", ".join(str(named[key]) for key in step["people"]), "")
        for step in one.route
    ]
