from django.urls import path

from notifications.views import calendar, deliveries, inbox, ladder, preferences, stop

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="inbox"),
    path("notifications/read/", inbox.read, name="read"),
    path("notifications/<int:pk>/", inbox.follow, name="follow"),
    path("notifications/calendar/", calendar.renew, name="renew_feed"),
    path("notifications/calendar/end/", calendar.end, name="end_feed"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("stop-mails/<str:signed>/", stop.stop, name="stop"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("ladder/", ladder.ladders, name="ladders"),
    path("ladder/<int:pk>/new/", ladder.new_rung, name="new_rung"),
    path("ladder/<int:pk>/<slug:duty>/own/", ladder.own_ladder, name="own_ladder"),
    path("ladder/rungs/<int:pk>/", ladder.rung, name="rung"),
    path("ladder/rungs/<int:pk>/retire/", ladder.retire_rung, name="retire_rung"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:pk>/send/", deliveries.send_again, name="send_again"),
]
