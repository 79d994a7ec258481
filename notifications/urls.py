from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("deliveries/<int:pk>/send/", views.send_again, name="send_again"),
]
