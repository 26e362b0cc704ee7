"""Addresses of the room."""

from django.urls import path

from verband.rooms.campaigns import action_views, grouping_views, run_views, views

app_name = "campaigns"
urlpatterns = [
    path("", views.campaigns, name="list"),
    path("connect/", views.connect, name="connect"),
    path("merge/", grouping_views.merge, name="merge"),
    path("runs/", run_views.runs, name="runs"),
    path("runs/compare/", run_views.compare, name="compare"),
    path("groupings/<uuid:uuid>/", grouping_views.grouping_page, name="grouping"),
    path("groupings/<uuid:uuid>/undo/", grouping_views.undo, name="undo_grouping"),
    path("<uuid:uuid>/", views.campaign, name="campaign"),
    path("<uuid:uuid>/incidents/", views.incidents, name="incidents"),
    path("<uuid:uuid>/history/", views.history, name="history"),
    path("<uuid:uuid>/matrix/", action_views.matrix, name="matrix"),
    path("<uuid:uuid>/what-if/", action_views.what_if_page, name="what_if"),
    path("<uuid:uuid>/what-if/ask/", action_views.ask, name="ask"),
    path("<uuid:uuid>/split/", grouping_views.split, name="split"),
    path("<uuid:uuid>/decide/", views.decide, name="decide"),
    path("<uuid:uuid>/undo/", views.undo, name="undo"),
]
