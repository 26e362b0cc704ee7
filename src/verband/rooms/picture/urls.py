"""Addresses of the room."""

from django.urls import path

from verband.rooms.picture import thing_views, views

app_name = "picture"
urlpatterns = [
    path("", views.incidents, name="incidents"),
    path("same/", thing_views.same, name="same"),
    path("things/<str:stix_id>/", thing_views.thing, name="thing"),
    path("things/<str:stix_id>/same/<int:number>/", thing_views.decide_same, name="decide_same"),
]
