"""Addresses of the room."""

from django.urls import path

from verband.rooms.exposure import asset_views, duty_views, intake_views, register_views, round_views, views

app_name = "exposure"
urlpatterns = [
    path("", views.listed, name="list"),
    path("what-if/", views.what_if, name="what_if"),
    path("ranking/", views.ranked, name="ranking"),
    path("scan/", views.scan, name="scan"),
    path("nodes/<slug:key>/", views.node, name="node"),
    path("assets/", asset_views.assets, name="assets"),
    path("claims/", asset_views.claimed, name="claims"),
    path("duties/", duty_views.tracked, name="duties"),
    path("inspections/", duty_views.inspected, name="inspections"),
    path("rounds/", round_views.listed, name="rounds"),
    path("rounds/act/<slug:act>/", round_views.act, name="round_act"),
    path("rounds/<slug:key>/", round_views.shown, name="round"),
    path("imports/", intake_views.listed, name="imports"),
    path("imports/act/<slug:act>/", intake_views.act, name="import_act"),
    path("imports/<slug:key>/", intake_views.shown, name="import"),
    path("registers/<slug:register>/", register_views.register_page, name="register"),
    path("registers/<slug:register>/<slug:act>/", register_views.act, name="register_act"),
]
