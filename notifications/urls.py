from django.urls import path

from notifications.views import calendar, deliveries, inbox, stop

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="inbox"),
    path("notifications/read/", inbox.read, name="read"),
    path("notifications/<int:pk>/", inbox.follow, name="follow"),
    path("notifications/calendar/", calendar.renew, name="renew_feed"),
    path("notifications/calendar/end/", calendar.end, name="end_feed"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("stop-mails/<str:signed>/", stop.stop, name="stop"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:pk>/send/", deliveries.send_again, name="send_again"),
]
