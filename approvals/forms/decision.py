"""What a step asks for: a verdict with a comment, and scores or the signer's recognition."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import reasons
from approvals.case import Case
from approvals.moves.extension import check_day
from approvals.moves.scoring import refused
from approvals.notes import LONGEST, ONLY_RETURNED, TOO_LONG, parts
from approvals.policy import Action
from approvals.refusal import Refused
from workflow.models import Asks
from workflow.voting import SCORED, VOTES

AGREES = (Action.APPROVE, Action.FOR, Action.AGAINST)
"""What comes with a score sheet, where the step asks for one."""
MAY_RETURN = (Action.APPROVE, Action.RETURN, Action.REJECT)
"""The buttons of one form, of which one sends the dossier back."""
NOTE, SCORE = "note_", "score_"


class DecisionForm(forms.Form):
    """Only the fields of the step are there; the door checks the values again.

    One form serves the three verdicts, so what is required depends on the button pressed and the
    browser must not insist on it.
    """

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    work_item = forms.IntegerField(widget=forms.HiddenInput, required=False)
    comment = forms.CharField(
        label=gettext_lazy("comment"),
        required=False,
        max_length=reasons.LONGEST,
        error_messages={"max_length": reasons.TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed to return or reject; the author reads it."),
    )

    def __init__(self, data: Any, *, case: Case, action: Action, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.case, self.action = case, action
        self.not_recognised = ""
        asks = case.asks
        if asks in VOTES:
            self.fields["comment"].help_text = _("It stands in the history beside your vote.")
        if action == Action.REASSIGN:
            self._ask_peer()
        elif action in (Action.ASK_EXTENSION, Action.GRANT_EXTENSION):
            self._ask_day()
        elif action in reasons.NEEDED and action not in MAY_RETURN:
            self.fields["comment"].help_text = reasons.missing(action, case)
        elif asks in SCORED:
            self._ask_scores()
        elif asks == Asks.GRADE:
            self.not_recognised = refused(case)
            self.fields["recognised"] = forms.BooleanField(
                label=gettext_lazy("recognise as an initiative of the school"),
                required=False,
                disabled=bool(self.not_recognised),
            )
            self.fields["replicated"] = forms.BooleanField(
                label=gettext_lazy("replicate across the school"), required=False
            )
        if any(_beginning(NOTE, data or {}).values()):
            self.fields |= self._notes

    @cached_property
    def _notes(self) -> dict[str, forms.CharField]:
        """A field for each part. They cost two statements: only for who sends or is shown them."""
        case = self.case
        if self.action not in MAY_RETURN or case.asks in VOTES or not case.pending:
            return {}
        return {
            f"{NOTE}{name}": forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                error_messages={"max_length": TOO_LONG},
                widget=forms.Textarea(attrs={"rows": 1}),
            )
            for name, label in parts(case).items()
        }

    def _ask_peer(self) -> None:
        self.fields["person"] = forms.TypedChoiceField(
            label=gettext_lazy("to whom"),
            coerce=int,
            choices=[(key, str(user)) for key, user in self.case.peers.items()],
        )
        self.fields["comment"].help_text = _("Your peer reads it, and it stands in the history.")

    def _ask_day(self) -> None:
        wished = self.case.request.get("until") if self.action == Action.GRANT_EXTENSION else None
        self.fields["until"] = forms.DateField(
            label=gettext_lazy("until the end of"),
            initial=wished,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["comment"].help_text = (
            _("The author reads it.") if wished else _("Whoever answers reads it.")
        )

    def clean_until(self) -> str:
        day: date = self.cleaned_data["until"]
        try:
            check_day(self.case, day)
        except Refused as refused:
            raise forms.ValidationError(refused.refusal.reason) from refused
        return day.isoformat()

    def _ask_scores(self) -> None:
        """By the sheet that the scoring was opened with."""
        sheet = self.case.pending.sheet if self.case.pending else None
        for criterion in sheet or ():
            self.fields[f"{SCORE}{criterion['code']}"] = forms.IntegerField(
                label=criterion["name"],
                min_value=0,
                max_value=criterion["maximum"],
                required=self.action in AGREES,
                help_text=criterion["help"],
            )

    def clean_comment(self) -> str:
        comment: str = self.cleaned_data["comment"].strip()
        if not comment and (words := reasons.missing(self.action, self.case)):
            raise forms.ValidationError(words)
        return comment

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.action != Action.RETURN and any(_beginning(NOTE, values).values()):
            raise forms.ValidationError(ONLY_RETURNED)
        return values

    def lead_to_error(self) -> None:
        """The page opens at what is wrong, which on a phone lies far below its top."""
        if wrong := next((name for name in self.errors if name in self.fields), ""):
            self.fields[wrong].widget.attrs["autofocus"] = True

    def payload(self) -> dict[str, Any]:
        """The values as the door takes them."""
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        if "key" in values:
            values["key"] = str(values["key"])
        notes, scores = _beginning(NOTE, values), _beginning(SCORE, values)
        others = {
            name: value for name, value in values.items() if not name.startswith((NOTE, SCORE))
        }
        return others | {
            name: found for name, found in (("notes", notes), ("scores", scores)) if found
        }

    @property
    def score_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(SCORE)]

    @property
    def note_fields(self) -> list[forms.BoundField]:
        self.fields |= self._notes
        return [self[name] for name in self._notes]

    @property
    def has_notes(self) -> bool:
        return any(field.value() for field in self.note_fields)


def _beginning(prefix: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values of the fields whose names begin so, by the rest of their names."""
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }
