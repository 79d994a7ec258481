from django.urls import path

from approvals.views import dossier, worklist, writing

app_name = "approvals"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("initiatives/", worklist.initiatives, name="initiatives"),
    path("initiatives/new/", writing.new, name="new"),
    path("initiatives/<int:pk>/", dossier.dossier, name="dossier"),
    path("initiatives/<int:pk>/edit/", writing.edit, name="edit"),
    path("initiatives/<int:pk>/report/", writing.edit_report, name="edit_report"),
    path("initiatives/<int:pk>/act/<slug:action>/", dossier.act, name="act"),
]
