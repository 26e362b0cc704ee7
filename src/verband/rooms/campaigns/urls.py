"""Addresses of the room."""

from django.urls import path

from verband.rooms.campaigns import (
    action_views,
    grouping_views,
    judging_views,
    known_groups_views,
    run_views,
    views,
)

app_name = "campaigns"
urlpatterns = [
    path("", views.campaigns, name="list"),
    path("connect/", views.connect, name="connect"),
    path("merge/", grouping_views.merge, name="merge"),
    path("runs/", run_views.runs, name="runs"),
    path("runs/compare/", run_views.compare, name="compare"),
    path("groupings/<uuid:uuid>/", grouping_views.grouping_page, name="grouping"),
    path("groupings/<uuid:uuid>/undo/", grouping_views.undo, name="undo_grouping"),
    path("known-groups/", known_groups_views.known_groups, name="known_groups"),
    path("<uuid:uuid>/", views.campaign, name="campaign"),
    path("<uuid:uuid>/incidents/", views.incidents, name="incidents"),
    path("<uuid:uuid>/history/", views.history, name="history"),
    path("<uuid:uuid>/matrix/", action_views.matrix, name="matrix"),
    path("<uuid:uuid>/what-if/", action_views.what_if_page, name="what_if"),
    path("<uuid:uuid>/what-if/ask/", action_views.ask, name="ask"),
    path("<uuid:uuid>/split/", grouping_views.split, name="split"),
    path("<uuid:uuid>/decide/", views.decide, name="decide"),
    path("<uuid:uuid>/undo/", views.undo, name="undo"),
    path("<uuid:uuid>/hybrid/", judging_views.hybrid_test, name="hybrid"),
    path("<uuid:uuid>/hybrid/state/", judging_views.hybrid_state, name="hybrid_state"),
    path("<uuid:uuid>/hybrid/<int:number>/withdraw/", judging_views.hybrid_withdraw, name="hybrid_withdraw"),
    path("<uuid:uuid>/hypotheses/", judging_views.competing, name="hypotheses"),
    path("<uuid:uuid>/hypotheses/<slug:act>/", judging_views.competing_act, name="hypotheses_act"),
    path("<uuid:uuid>/hypotheses/<int:number>/look/", judging_views.competing_look, name="hypotheses_look"),
    path(
        "<uuid:uuid>/hypotheses/<slug:kind>/<int:number>/withdraw/",
        judging_views.competing_withdraw,
        name="hypotheses_withdraw",
    ),
    path("<uuid:uuid>/attribution/", judging_views.attribution, name="attribution"),
    path("<uuid:uuid>/attribution/<slug:level>/take/", judging_views.attribution_take, name="attribution_take"),
    path(
        "<uuid:uuid>/attribution/<int:number>/withdraw/",
        judging_views.attribution_withdraw,
        name="attribution_withdraw",
    ),
]
