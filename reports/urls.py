from django.urls import path

from reports.views import dashboard, record

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("initiatives/<int:pk>/record/", record.as_page, name="record"),
    path("initiatives/<int:pk>/record.json", record.as_json, name="record_json"),
]
