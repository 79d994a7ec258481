"""What was said and shown about an initiative, for its record."""

from datetime import datetime
from typing import Any

from workflow.calendar import ZONE
from workflow.models import Comment, Evidence, Initiative


def comments(initiative: Initiative) -> list[dict[str, Any]]:
    """In order; the audit has the hash of each text and of each file."""
    rows = initiative.comments.select_related("author").order_by("pk")
    return [_comment(row) for row in rows.prefetch_related("mentions", "evidence__uploaded_by")]


def evidence(initiative: Initiative) -> list[dict[str, Any]]:
    """Every file of the dossier that is still kept, those removed after a submission too."""
    rows = initiative.evidence.filter(comment__isnull=True).select_related("uploaded_by")
    return [_file(row) for row in rows.order_by("pk")]


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "author": comment.author.full_name,
        "at": moment_of(comment.at),
        "text": comment.text,
        "mentions": [user.full_name for user in comment.mentions.all()],
        "files": [_file(file) for file in comment.evidence.all()],
    }


def _file(file: Evidence) -> dict[str, Any]:
    words = ("name", "sha256", "size", "kind", "caption", "result", "basis")
    return {name: getattr(file, name) for name in words} | {
        "uploaded_by": file.uploaded_by.full_name,
        "uploaded": moment_of(file.uploaded_at),
        "removed": file.removed_at and moment_of(file.removed_at),
    }


def moment_of(instant: datetime) -> str:
    """ISO 8601 in Vietnamese time, to the second."""
    return instant.astimezone(ZONE).isoformat(timespec="seconds")
