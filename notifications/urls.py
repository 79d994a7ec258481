from django.urls import path

from notifications import ladder_views, preference_views, views

app_name = "notifications"
urlpatterns = [
    path("preferences/", preference_views.preferences, name="preferences"),
    path("ladder/", ladder_views.ladders, name="ladders"),
    path("ladder/<int:pk>/new/", ladder_views.new_rung, name="new_rung"),
    path("ladder/<int:pk>/<slug:duty>/own/", ladder_views.own_ladder, name="own_ladder"),
    path("ladder/rungs/<int:pk>/", ladder_views.rung, name="rung"),
    path("ladder/rungs/<int:pk>/retire/", ladder_views.retire_rung, name="retire_rung"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("deliveries/<int:pk>/send/", views.send_again, name="send_again"),
]
