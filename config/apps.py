from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    name = "config"


class ThiDuaAdminConfig(AdminConfig):
    """The administrator's site behind the same sign-in, with its limits, as every other page."""

    default_site = "config.admin_site.ThiDuaAdminSite"
