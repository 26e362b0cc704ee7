"""Addresses of watching, under `watch/` of the room."""

from django.urls import path

from verband.rooms.risk.watch import acts, shared_views, views

urlpatterns = [
    path("", views.watch, name="watch"),
    path("resilience/", views.resilience, name="resilience"),
    path("trends/", views.horizon, name="trends"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<int:number>/", views.indicator, name="indicator"),
    path("plans/", views.watch_plans, name="watch_plans"),
    path("pictures/", shared_views.situations, name="pictures"),
    path("pictures/<int:number>/", shared_views.situation, name="situation"),
    path("phenomena/", shared_views.phenomenon_notes, name="phenomena"),
    path("demonstrations/", shared_views.demonstrations, name="demonstrations"),
    path("scope/<str:subject>/", shared_views.scope_test, name="scope"),
    path("act/<slug:act>/", acts.act, name="watch_act"),
]
