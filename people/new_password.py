"""Mails about an account that somebody else changed. Nobody types another's password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.http import HttpRequest
from django.utils import translation

from people.adapter import NotSent
from people.models import User


def send_link(request: HttpRequest, person: User) -> bool:
    """The mail of "Forgot the password?", which names who asked for it. False: it did not go out.

    The form would look for the address; the link is for this person alone.
    """
    form = ResetPasswordForm({"email": person.email})
    with request_context(request), translation.override(person.language):
        form.full_clean()
        form.users = [person]
        try:
            form.save(request)
        except NotSent:
            return False
    return True


def leave_address(request: HttpRequest, person: User, old: str) -> bool:
    """The old address opens nothing any more, and is told who took it away."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    with request_context(request), translation.override(person.language):
        try:
            get_adapter().send_mail("account/email/address_changed", old, {"user": person})
        except NotSent:
            return False
    return True
