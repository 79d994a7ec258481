from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class ThiDuaAdminSite(AdminSite):
    site_header = site_title = _("Thi Đua · administration")
    index_title = _("People, units, movements, routes and ladders")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The site's own form would sign in without the limits and the log of every other door."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response
