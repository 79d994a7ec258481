from django.contrib import admin
from django.urls import include, path

from people.urls import account_urls

urlpatterns = [
    path("", include("approvals.urls")),
    path("", include("reports.urls")),
    path("", include("notifications.urls")),
    path("", include("people.urls")),
    path("accounts/", include(account_urls)),
    path("admin/", admin.site.urls),
]
