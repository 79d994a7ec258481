from django.urls import path

from reports.views import dashboard, documents, drafting, record, templates, yearly

app_name = "reports"
urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/new/<slug:kind>/", drafting.draft, name="draft"),
    path("documents/yearly/", yearly.yearly, name="yearly"),
    path("documents/yearly/<int:movement>/<int:year>/", yearly.gather, name="yearly_of"),
    path("documents/templates/", templates.templates, name="templates"),
    path("documents/templates/<slug:kind>.docx", templates.template, name="template"),
    path("documents/templates/<slug:kind>/put-back/", templates.put_back, name="put_back"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/pdf/", documents.download, {"form": "pdf"}, name="pdf"),
    path("documents/<int:pk>/docx/", documents.download, {"form": "docx"}, name="docx"),
    path("documents/<int:pk>/take-back/", documents.take_back, name="take_back"),
    path("documents/<int:pk>/signed/<int:file>.pdf", documents.signed_file, name="signed_file"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("initiatives/<int:pk>/record/", record.as_page, name="record"),
    path("initiatives/<int:pk>/record.json", record.as_json, name="record_json"),
]
