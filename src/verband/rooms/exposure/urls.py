"""Addresses of the room."""

from django.urls import include, path

from verband.rooms.exposure import register_views, views

app_name = "exposure"
urlpatterns = [
    path("", views.listed, name="list"),
    path("what-if/", views.what_if, name="what_if"),
    path("ranking/", views.ranked, name="ranking"),
    path("scan/", views.scan, name="scan"),
    path("strategic/", include("verband.rooms.exposure.dependence.urls")),
    path("nodes/<slug:key>/", views.node, name="node"),
    path("registers/<slug:register>/", register_views.register_page, name="register"),
    path("registers/<slug:register>/<slug:act>/", register_views.act, name="register_act"),
]
