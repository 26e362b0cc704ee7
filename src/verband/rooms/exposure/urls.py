"""Addresses of the room."""

from django.urls import include, path

from verband.rooms.exposure import (
    asset_views,
    duty_views,
    intake_views,
    outage_views,
    ranking_views,
    register_views,
    restoration_views,
    round_views,
    scan_views,
    target_views,
    views,
    what_if_views,
)

app_name = "exposure"
urlpatterns = [
    path("", views.listed, name="list"),
    path("what-if/", what_if_views.what_if, name="what_if"),
    path("restoration/", restoration_views.restoration, name="restoration"),
    path("outages/", outage_views.listed, name="outages"),
    path("outages/keep/", outage_views.keep, name="outage_keep"),
    path("outages/<slug:key>/", outage_views.one, name="outage"),
    path("outages/<slug:key>/withdraw/", outage_views.withdraw, name="outage_withdraw"),
    path("ranking/", ranking_views.ranked, name="ranking"),
    path("pairs/", ranking_views.paired, name="pairs"),
    path("strengthening/", ranking_views.strengthened, name="strengthening"),
    path("scan/", scan_views.scan, name="scan"),
    path("campaigns/<uuid:uuid>/", target_views.campaign, name="campaign"),
    path("incidents/<str:stix_id>/", target_views.incident, name="incident"),
    path("strategic/", include("verband.rooms.exposure.dependence.urls")),
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
