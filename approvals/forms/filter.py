from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User
from workflow.deadlines import local_day
from workflow.models import Initiative, Round, State
from workflow.queries import InitiativeQuerySet


class InitiativeFilter(forms.Form):
    """Filters of the list. A value that makes no sense is ignored, never an error page."""

    q = forms.CharField(label=_("search"), required=False)
    state = forms.ChoiceField(
        label=_("state"), required=False, choices=[("", _("every state")), *State.choices]
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("department"),
        required=False,
        empty_label=_("every department"),
    )
    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("round"), required=False, empty_label=_("every round")
    )
    overdue = forms.BooleanField(label=_("only overdue"), required=False)
    mine = forms.BooleanField(label=_("only mine"), required=False)

    def __init__(self, data: Any, *, user: User, now: datetime) -> None:
        super().__init__(data)
        self.user, self.now = user, now
        self.visible: InitiativeQuerySet = Initiative.objects.visible_to(user, local_day(now))
        for name, model in (("unit", Unit), ("round", Round)):
            seen = model._default_manager.filter(initiatives__in=self.visible).distinct()
            self.fields[name].queryset = seen  # type: ignore[attr-defined]

    def found(self) -> InitiativeQuerySet:
        self.is_valid()
        chosen, found = self.cleaned_data, self.visible
        for name in ("state", "unit", "round"):
            if chosen.get(name):
                found = found.filter(**{name: chosen[name]})
        if text := chosen.get("q"):
            found = found.filter(Q(title__icontains=text) | Q(code__icontains=text))
        if chosen.get("overdue"):
            found = found.overdue(self.now)
        if chosen.get("mine"):
            found = found.filter(authors=self.user)
        return found
