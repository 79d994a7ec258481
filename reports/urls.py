from django.urls import path

from reports.views import (
    charts,
    dashboard,
    documents,
    drafting,
    exports,
    record,
    target_entry,
    targets,
    templates,
    yearly,
)

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
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/cancel/", exports.cancel_export, name="cancel_export"),
    path("exports/<int:pk>/file/", exports.export_file, name="export_file"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:slug>.csv", charts.as_file, {"form": "csv"}, name="chart_csv"),
    path("dashboard/<slug:slug>.xlsx", charts.as_file, {"form": "xlsx"}, name="chart_xlsx"),
    path("dashboard/<slug:slug>.svg", charts.as_file, {"form": "svg"}, name="chart_svg"),
    path("targets/", targets.targets, name="targets"),
    path("targets/table.csv", targets.as_file, {"form": "csv"}, name="targets_csv"),
    path("targets/table.xlsx", targets.as_file, {"form": "xlsx"}, name="targets_xlsx"),
    path(
        "targets/<int:target>/<int:unit>/<int:year>/",
        target_entry.target_entry,
        name="target_entry",
    ),
    path("targets/files/<int:pk>/", target_entry.target_file, name="target_file"),
    path("initiatives/<int:pk>/record/", record.as_page, name="record"),
    path("initiatives/<int:pk>/record.json", record.as_json, name="record_json"),
]
