"""What every form of days from one to another shares: the inputs, and what they mean."""

from django import forms
from django.utils.translation import gettext_lazy

INPUTS = {
    name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    for name in ("starts_on", "ends_on")
}
HELP = {
    "ends_on": gettext_lazy("It ends by itself at midnight after this day."),
    "reason": gettext_lazy("For example: on a business trip, on leave."),
}
