"""Asking for a link to choose a new password."""

from typing import Any

from allauth.account.views import PasswordResetView
from django.http import HttpResponse
from django.utils.translation import gettext as _

from people.adapter import NotSent


class Forgotten(PasswordResetView):
    def form_valid(self, form: Any) -> HttpResponse:
        """A mail server that is away is said on the page, whoever's the address is."""
        try:
            response: HttpResponse = super().form_valid(form)
        except NotSent:
            form.add_error(None, _("The mail could not be sent. Please try again in a while."))
            page = self.get_context_data(form=form)
            refused: HttpResponse = self.render_to_response(page, status=503)
            return refused
        return response
