"""What the pages share on which an administrator changes what due dates follow from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.dates import Overtaken, are_many, carry_out, preview
from approvals.shifts import Change, Scope, Shift, fingerprint
from people.http import Request
from workflow.models import WorkItem

EDIT_CALENDAR = "edit_calendar"
SHOWN = 100
"""Rows of a preview; the rest is counted."""


@dataclass(frozen=True)
class Shown:
    item: WorkItem
    was: datetime
    due_at: datetime
    late_at_once: bool


def show_or_save(
    request: Request, change: Change, scope: Scope, comment: str, page: dict[str, Any]
) -> HttpResponse | None:
    """Save when that was pressed and the moves are those that were shown; else show them.

    Where to go when it is done and dossiers have still to follow, or to `page["back"]`; None when
    `page` has the preview.
    """
    if "save" not in request.POST:
        _show(page, preview(change, scope, request.now))
        return None
    seen = request.POST.get("seen", "")
    try:
        moved, later = carry_out(change, scope, request.user, request.now, comment, seen)
    except Overtaken as overtaken:
        _show(page, overtaken.shifts)
        page["overtaken"] = bool(seen)
        return None
    except IntegrityError:  # the same day or round was entered at this very moment
        page["overtaken"] = True
        return None
    if later:
        return redirect("approvals:date_change", later.pk)
    messages.success(request, _done(moved))
    return redirect(page["back"])


def _show(page: dict[str, Any], found: list[Shift]) -> None:
    nearest = found[:SHOWN]
    items = WorkItem.objects.select_related("initiative__unit")
    rows = items.in_bulk([shift.item for shift in nearest])
    page["preview"] = {
        "shifts": [
            Shown(rows[shift.item], shift.was, shift.due_at, shift.late_at_once)
            for shift in nearest
        ],
        "more": len(found[SHOWN:]),
        "count": len(found),
        "late": sum(shift.late_at_once for shift in found),
        "later": are_many(found),
        "seen": fingerprint(found),
    }


def _done(moved: int) -> str:
    if not moved:
        return _("Saved. No due date has moved.")
    return ngettext(
        "Saved. %(count)s due date has moved, and who owes it has been told.",
        "Saved. %(count)s due dates have moved, and those who owe them have been told.",
        moved,
    ) % {"count": moved}
