"""Addresses of the room."""

from django.urls import path

from verband.rooms.picture import views

app_name = "picture"
urlpatterns = [
    path("", views.incidents, name="incidents"),
]
