"""What Django says under a field. Its Vietnamese calls a field by the word for a school, and a
whole number a general one, so our catalogues carry these.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SAID_BY_DJANGO = (
    _("This field is required."),
    _("This field cannot be blank."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid email address."),
    _("Enter a valid value."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("No file was submitted."),
    _("The submitted file is empty."),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model_name)s with this %(field_labels)s already exists."),
)
SAID_BY_THE_ADMIN = (
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Show counts"),
    _("Hide counts"),
)
COUNTED_BY_DJANGO = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
)
