from django.urls import path

from approvals.views import (
    absences,
    comments,
    delegations,
    dossier,
    evidence,
    from_mail,
    routes,
    together,
    worklist,
    writing,
)

app_name = "approvals"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("initiatives/", worklist.initiatives, name="initiatives"),
    path("initiatives/new/", writing.new, name="new"),
    path("initiatives/<int:pk>/", dossier.dossier, name="dossier"),
    path("initiatives/<int:pk>/edit/", writing.edit, name="edit"),
    path("initiatives/<int:pk>/report/", writing.edit_report, name="edit_report"),
    path("initiatives/<int:pk>/comments/", comments.comment, name="comment"),
    path("initiatives/<int:pk>/mentions/", comments.mentions, name="mentions"),
    path("initiatives/<int:pk>/evidence/", evidence.attach, name="attach"),
    path("initiatives/<int:pk>/evidence/<int:evidence>/", evidence.download, name="evidence"),
    path("initiatives/<int:pk>/evidence/<int:evidence>/remove/", evidence.detach, name="detach"),
    path("together/", together.together, name="together"),
    path("routes/", routes.routes, name="routes"),
    path("routes/<int:pk>/<slug:gate>/", routes.route, name="route"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.lend, name="lend"),
    path("delegations/<int:pk>/end/", delegations.end, name="end_delegation"),
    path("from-mail/<str:ticket>/", from_mail.from_mail, name="from_mail"),
    path("absences/new/", absences.go_away, name="go_away"),
    path("absences/<int:pk>/end/", absences.end, name="end_absence"),
    path("initiatives/<int:pk>/act/<slug:action>/", dossier.act, name="act"),
]
