"""What a return asks for, beside the form that answers it."""

from typing import Any

from django.forms import BaseForm

from approvals.changes import labels
from approvals.notes import asked_of
from workflow.models import Initiative


def beside(form: BaseForm, initiative: Initiative, prefix: str = "") -> dict[str, Any]:
    """What the page says of the return; each field gets the note on its part. `prefix`: what the
    names of the form's parts begin with.
    """
    decision = asked_of(initiative)
    notes = decision.notes if decision else {}
    for name, field in form.fields.items():
        vars(field)["note"] = notes.get(f"{prefix}{name}", "")
    return {"asked": decision, "labels": labels(initiative) if notes else {}}
