"""Laying a route: a row per step, and an initiative to try it on."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.choosing import SeveralField
from people.roles import PERMISSIONS, Role
from workflow.models import Initiative, Movement, Quorum, RouteStep
from workflow.voting import SCORED, VOTES

FIELDS = (
    "position",
    "role",
    "level",
    "people",
    "quorum",
    "needed",
    "asks",
    "working_days",
    "pass_mark",
    "threshold",
    "base",
    "attendance",
    "same_person",
    "keeps_approval",
)
DECIDING_ROLES = [role for role in Role if "decide" in PERMISSIONS[role]]
MOST_STEPS = 12
LONGEST = 60


class StepForm(forms.ModelForm):
    """One step. A row that asks nobody is left out."""

    class Meta:
        model = RouteStep
        fields = FIELDS
        field_classes = {"people": SeveralField}
        help_texts = {
            "people": gettext_lazy("Instead of a role: hold Ctrl to choose several."),
            "pass_mark": gettext_lazy("Below it nothing is recognised. Empty: no mark."),
            "attendance": gettext_lazy("Two thirds: 66. Empty: any number of them."),
        }

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        roles = [(role.value, role.label) for role in DECIDING_ROLES]
        self.fields["role"].choices = [("", _("named people")), *roles]  # type: ignore[attr-defined]
        self.fields["position"].min_value = 1  # type: ignore[attr-defined]
        self.fields["working_days"] = forms.IntegerField(
            label=self.fields["working_days"].label, min_value=1, max_value=LONGEST, initial=3
        )

    def has_changed(self) -> bool:
        names = [self.add_prefix(name) for name in ("role", "people")]
        return any(self.data.get(name) for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = cleaned.get("people")
        if cleaned.get("role") and named:
            self.add_error("people", _("Ask a role or named people, not both."))
        if cleaned.get("role") and not cleaned.get("level"):
            self.add_error("level", _("Say where the role is held."))
        if cleaned.get("quorum") == Quorum.SOME and not cleaned.get("needed"):
            self.add_error("needed", _("Say how many must agree."))
        if cleaned.get("asks") in VOTES:
            self._clean_vote(cleaned)
        else:
            cleaned |= {"threshold": None, "base": "", "attendance": None}
        if cleaned.get("asks") not in SCORED:
            cleaned["pass_mark"] = None
        if cleaned.get("quorum") != Quorum.SOME:
            cleaned["needed"] = None
        if not cleaned.get("role"):
            cleaned["level"] = ""
        return cleaned

    def _clean_vote(self, cleaned: dict[str, Any]) -> None:
        """Everybody is asked to vote; how many must be for it is said by the threshold."""
        cleaned["quorum"], cleaned["keeps_approval"] = Quorum.ALL, False
        if not cleaned.get("threshold"):
            self.add_error("threshold", _("Say how many percent must vote for it."))
        if not cleaned.get("base"):
            self.add_error("base", _("Say of whom the percentage is taken."))

    def planned(self) -> RouteStep:
        """The step as it would be, not saved."""
        fields = {name: self.cleaned_data[name] for name in FIELDS if name != "people"}
        step = RouteStep(**fields)
        step.named = list(self.cleaned_data["people"])
        return step


class BaseStepFormSet(forms.BaseFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("leave this step out")

    def rows(self) -> list[StepForm]:
        """The steps that are asked, in order."""
        asked = [
            form
            for form in self.forms
            if form.has_changed() and not getattr(form, "cleaned_data", {}).get("DELETE")
        ]
        return sorted(asked, key=lambda form: form.cleaned_data.get("position") or 0)

    def clean(self) -> None:
        seen = set()
        for form in self.rows():
            post = tuple(form.cleaned_data.get(name) for name in ("position", "role", "level"))
            if post[1] and post in seen:
                raise forms.ValidationError(_("The same role is asked twice at the same time."))
            seen.add(post)


StepFormSet = forms.formset_factory(
    StepForm, formset=BaseStepFormSet, extra=0, can_delete=True, max_num=MOST_STEPS
)


class TryOutForm(forms.Form):
    """Which dossier to show the route on, and which version the editor started from."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("show it for"),
        required=False,
        empty_label=gettext_lazy("no initiative in particular"),
    )

    def __init__(self, *args: Any, movement: Movement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Initiative.objects.filter(movement=movement).select_related("unit")
        self.fields["initiative"].queryset = newest  # type: ignore[attr-defined]


def initial_steps(steps: list[RouteStep]) -> list[dict[str, Any]]:
    return [
        {name: getattr(step, name) for name in FIELDS if name != "people"}
        | {"people": [user.pk for user in step.named]}
        for step in steps
    ]
