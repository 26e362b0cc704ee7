"""Addresses of the room."""

from django.urls import path

from verband.rooms.campaigns import attribution_views, views

app_name = "campaigns"
urlpatterns = [
    path("", views.campaigns, name="list"),
    path("connect/", views.connect, name="connect"),
    path("attribution/", attribution_views.attribution, name="attribution"),
    path("<uuid:uuid>/", views.campaign, name="campaign"),
    path("<uuid:uuid>/incidents/", views.incidents, name="incidents"),
    path("<uuid:uuid>/history/", views.history, name="history"),
    path("<uuid:uuid>/decide/", views.decide, name="decide"),
    path("<uuid:uuid>/undo/", views.undo, name="undo"),
]
