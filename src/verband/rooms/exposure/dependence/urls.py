"""Addresses of strategic dependencies, under `strategic/` of the room."""

from django.urls import path

from verband.rooms.exposure.dependence import bringing_views, scenario_views, step_views, views

urlpatterns = [
    path("", views.listed, name="strategic"),
    path("items/<slug:item>/", views.card, name="strategic_item"),
    path("stops/", scenario_views.stops, name="strategic_stops"),
    path("sectors/", scenario_views.sectors, name="strategic_sectors"),
    path("editions/", bringing_views.listed, name="strategic_editions"),
    path("editions/bring/", bringing_views.bring, name="strategic_bring"),
    path("editions/jobs/<str:job>/", bringing_views.job, name="strategic_job"),
    path("register/", step_views.register, name="strategic_register"),
    path("register/<slug:key>/", step_views.dependency, name="strategic_dependency"),
    path("act/<slug:step>/<slug:act>/", step_views.act, name="strategic_act"),
]
