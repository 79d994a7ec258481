from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from the school's staff list: nobody signs up from outside."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
