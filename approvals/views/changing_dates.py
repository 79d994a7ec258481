"""What the pages share on which an administrator changes what due dates follow from."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.dates import Change, Overtaken, Shift, carry_out, fingerprint, preview
from people.http import Request

EDIT_CALENDAR = "edit_calendar"
SHOWN = 100
"""Rows of a preview; the rest is counted."""


def show_or_save(
    request: Request, change: Change, scope: Q, comment: str, page: dict[str, Any]
) -> bool:
    """Save when that was pressed and the moves are those that were shown; else show them.

    True when it is done; else `page` has the preview.
    """
    if "save" not in request.POST:
        _show(page, preview(change, scope, request.now))
        return False
    seen = request.POST.get("seen", "")
    try:
        moved = carry_out(change, scope, request.user, request.now, comment, seen)
    except Overtaken as overtaken:
        _show(page, overtaken.shifts)
        page["overtaken"] = bool(seen)
        return False
    except IntegrityError:  # the same day or round was entered at this very moment
        page["overtaken"] = True
        return False
    messages.success(request, _done(moved))
    return True


def _show(page: dict[str, Any], shifts: list[Shift]) -> None:
    page["preview"] = {
        "shifts": shifts[:SHOWN],
        "more": len(shifts[SHOWN:]),
        "count": len(shifts),
        "late": sum(shift.late_at_once for shift in shifts),
        "seen": fingerprint(shifts),
    }


def _done(moved: int) -> str:
    if not moved:
        return _("Saved. No due date has moved.")
    return ngettext(
        "Saved. %(count)s due date has moved, and who owes it has been told.",
        "Saved. %(count)s due dates have moved, and those who owe them have been told.",
        moved,
    ) % {"count": moved}
