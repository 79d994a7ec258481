"""What a return asks for, beside the form that answers it."""

from typing import Any

from django.forms import BaseForm

from approvals.changes import labels
from approvals.notes import asked_of
from workflow.models import Initiative


def beside(form: BaseForm, initiative: Initiative, prefix: str = "") -> dict[str, Any]:
    """What the page says of the return, and by the names of its inputs the notes on their parts.
    `prefix`: what the names of the form's parts begin with.
    """
    decision = asked_of(initiative)
    notes = decision.notes if decision else {}
    parts = {f"{prefix}{name}": form.add_prefix(name) for name in form.fields}
    return {
        "asked": decision,
        "labels": labels(initiative) if notes else {},
        "part_notes": {parts[name]: note for name, note in notes.items() if name in parts},
    }
