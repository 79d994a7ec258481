from django.urls import path

from approvals.views import (
    absences,
    chasing,
    comments,
    delegations,
    dossier,
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
    path("together/", together.together, name="together"),
    path("chase/", chasing.chase_several, name="chase_several"),
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
