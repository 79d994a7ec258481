"""What allauth says on the pages we use. It has no Vietnamese, so our catalogues carry these."""

from django.utils.translation import gettext_noop as _

SAID_BY_ALLAUTH = (
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("The new value must be different from the current one."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Password successfully changed."),
)
