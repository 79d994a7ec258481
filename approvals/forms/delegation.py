"""Lending a role for some days (uỷ quyền): to one person, in writing, never passed on."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.forms import days
from people.colleagues import colleagues
from people.holdings import DECIDING
from people.models import Delegation, Membership, User
from people.roles import PERMISSIONS

LENDABLE = [role for role, granted in PERMISSIONS.items() if granted.intersection(DECIDING)]


def lendable(user: User, today: date) -> Any:
    """Posts the person holds in their own name; what was lent to them is not among them."""
    held = user.memberships.in_force(today).filter(role__in=LENDABLE)
    return held.select_related("unit")


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.get_role_display()} · {obj.unit}"


class DelegationForm(forms.ModelForm):
    post = PostChoice(Membership.objects.none(), label=gettext_lazy("role"), empty_label=None)

    class Meta:
        model = Delegation
        fields = ("delegate", "starts_on", "ends_on", "reason")
        widgets = days.INPUTS
        help_texts = days.HELP

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        super().__init__(data, instance=Delegation(delegator=user), initial={"starts_on": today})
        self.user, self.today = user, today
        posts = lendable(user, today)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["post"].initial = first = posts.first()
        if first:
            others = colleagues(first.unit, today).exclude(pk=user.pk)
            self.fields["delegate"].queryset = others  # type: ignore[attr-defined]
        self.order_fields(["post", "delegate", "starts_on", "ends_on", "reason"])

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(_("A role cannot be lent for days that are past."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if post := cleaned.get("post"):
            self.instance.unit, self.instance.role = post.unit, post.role
        if not self.errors and (other := self._overlapping(cleaned)):
            raise forms.ValidationError(
                _("In these days the role is already lent to %(person)s. Take that back first.")
                % {"person": other.delegate}
            )
        return cleaned

    def _overlapping(self, cleaned: dict[str, Any]) -> Delegation | None:
        same_post = Q(delegator=self.user, unit=cleaned["post"].unit, role=cleaned["post"].role)
        found = Delegation.objects.filter(
            same_post,
            revoked_at__isnull=True,
            starts_on__lte=cleaned["ends_on"],
            ends_on__gte=cleaned["starts_on"],
        )
        return found.select_related("delegate").first()
