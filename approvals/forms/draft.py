"""Starting and writing a draft. Only a title is asked for: the rest may come later."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Grant, Unit, User
from workflow.deadlines import local_day
from workflow.models import Initiative, Round

SUGGESTED_FIELDS = (
    gettext_lazy("Administrative procedures"),
    gettext_lazy("Digital transformation"),
    gettext_lazy("Digital signatures"),
    gettext_lazy("Cashless payment"),
    gettext_lazy("Project 06"),
    gettext_lazy("Openness and transparency"),
    gettext_lazy("Code of conduct"),
    gettext_lazy("Records management"),
)


def units_of(user: User, today: Any) -> Any:
    """Units the person may put initiatives forward for."""
    grants = Grant.objects.in_force(today).filter(user=user, permission__codename="put_forward")
    return Unit.objects.filter(pk__in=grants.values("content_object"))


class StartForm(forms.ModelForm):
    """The few words that make a draft; everything else is filled in on its page."""

    class Meta:
        model = Initiative
        fields = ("round", "unit", "kind", "scope", "title")
        widgets = {"kind": forms.RadioSelect, "scope": forms.RadioSelect}

    def __init__(self, *args: Any, user: User, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = local_day(now)
        units = units_of(user, today)
        schools = {key for unit in units for key in unit.line}
        rounds = Round.objects.open_for_registration(today).filter(movement__unit__in=schools)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["round"].queryset = rounds.select_related("movement")  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.last()
        self.fields["round"].initial = rounds.order_by("movement__starts_on", "number").last()
        for name in ("kind", "scope"):
            self.fields[name].choices = self.fields[name].choices[1:]  # type: ignore[attr-defined]
            self.fields[name].initial = self.fields[name].choices[0][0]  # type: ignore[attr-defined]


class DraftForm(forms.ModelForm):
    class Meta:
        model = Initiative
        fields = (
            "title",
            "kind",
            "scope",
            "field",
            "current_state",
            "solution",
            "expected_results",
        )
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),  # read as a whole on a phone too
            "field": forms.TextInput(attrs={"list": "fields-of-work"}),
            "current_state": forms.Textarea(attrs={"rows": 4}),
            "solution": forms.Textarea(attrs={"rows": 6}),
            "expected_results": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": gettext_lazy("Say what is done, for whom: 200 characters at most."),
            "current_state": gettext_lazy("What is slow, costly or unclear today? Give a figure."),
            "solution": gettext_lazy("What will be done, by whom, with what means?"),
            "expected_results": gettext_lazy("What will be better, and how will it be measured?"),
        }

    suggested_fields = SUGGESTED_FIELDS

    def clean_title(self) -> str:
        """One line, as every list and document shows it."""
        return " ".join(self.cleaned_data["title"].split())


class CoAuthorForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(), required=False, label=gettext_lazy("co-author")
    )
    share = forms.IntegerField(
        min_value=1, max_value=99, required=False, label=gettext_lazy("share, %")
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("user")) != bool(cleaned.get("share")):
            raise forms.ValidationError(_("Name the co-author and their share, or neither."))
        return cleaned


class BaseCoAuthorFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        rows = self.rows()
        if len({row["user"] for row in rows}) < len(rows):
            raise forms.ValidationError(_("A co-author is named twice."))
        if sum(row["share"] for row in rows) > 99:
            raise forms.ValidationError(
                _("The co-authors' shares must leave at least 1% to the person in charge.")
            )

    def rows(self) -> list[dict[str, int]]:
        """The filled-in rows, as the door takes them."""
        return [
            {"user": form.cleaned_data["user"].pk, "share": form.cleaned_data["share"]}
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("user") and form.cleaned_data.get("share")
        ]


CoAuthorFormSet = forms.formset_factory(
    CoAuthorForm, formset=BaseCoAuthorFormSet, extra=2, max_num=5
)
