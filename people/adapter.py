from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NotSent(Exception):
    """The mail server is away or does not take the mail; whoever waits for the answer is told."""


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from the school's staff list: nobody signs up from outside."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails about an account go out at once; `NotSent` when they do not."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are among them
            raise NotSent from error
