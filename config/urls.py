from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("approvals.urls")),
    path("", include("reports.urls")),
    path("", include("notifications.urls")),
    path("", include("people.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
