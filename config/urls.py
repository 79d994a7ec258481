from django.contrib import admin
from django.urls import include, path

from config import views
from people.urls import account_urls

urlpatterns = [
    path("", include("approvals.urls")),
    path("", include("reports.urls")),
    path("", include("notifications.urls")),
    path("", include("people.urls")),
    path("accounts/", include(account_urls)),
    path("admin/", admin.site.urls),
    path("health/", views.health, name="health"),
    path("health/live/", views.live, name="health_live"),
    path("health/ready/", views.ready, name="health_ready"),
    path("metrics", views.metrics, name="metrics"),
]
