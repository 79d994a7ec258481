from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    name = "config"


class ThiDuaAdminConfig(AdminConfig):
    """The administrator's site behind the same sign-in, with its limits, as every other page."""

    default_site = "config.admin_site.ThiDuaAdminSite"

    def ready(self) -> None:
        """Pages that other packages register know nothing of units, and nobody here needs them."""
        from allauth.account.models import EmailAddress
        from django.contrib.admin import site
        from django.contrib.auth.models import Group

        super().ready()
        site.unregister([Group, EmailAddress])
