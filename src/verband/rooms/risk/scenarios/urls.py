"""Addresses of scenarios and of the sessions about them."""

from django.urls import path

from verband.rooms.risk.scenarios import session_views, views

urlpatterns = [
    path("", views.listed, name="scenarios"),
    path("new/", views.new, name="scenario_new"),
    path("<slug:key>/", views.scenario, name="scenario"),
    path("<slug:key>/why/", views.why, name="scenario_why"),
    path("<slug:key>/editions/<int:number>/", views.edition, name="scenario_edition"),
    path("<slug:key>/compare/", views.compare, name="scenario_compare"),
    path("<slug:key>/session/", session_views.session, name="session"),
    path("<slug:key>/session/scores/", session_views.scores, name="session_scores"),
    path("<slug:key>/session/<slug:act>/", session_views.act, name="session_act"),
    path("<slug:key>/<slug:act>/", views.act, name="scenario_act"),
]
