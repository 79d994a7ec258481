from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class ThiDuaAdminSite(AdminSite):
    site_header = site_title = _("Thi Đua · administration")
    index_title = _("People, units, movements, routes and ladders")

    login = secure_admin_login(AdminSite.login)
