"""Addresses of incident mode."""

from django.urls import path

from verband.rooms.response.incident_mode import acts, views

urlpatterns = [
    path("", views.every, name="modes"),
    path("new/", views.new, name="mode_new"),
    path("act/<slug:act>/", acts.act, name="mode_act"),
    path("<slug:key>/", views.mode, name="mode"),
    path("<slug:key>/hand-over/", views.hand_over, name="hand_over"),
]
