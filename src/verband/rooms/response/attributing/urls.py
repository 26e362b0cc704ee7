"""Addresses of attribution and of the threshold."""

from django.urls import path

from verband.rooms.response.attributing import acts, views

urlpatterns = [
    path("", views.every, name="attributions"),
    path("act/<slug:act>/", acts.act, name="attribution_act"),
    path("threshold/<slug:key>/", views.notes, name="threshold"),
    path("<uuid:uuid>/", views.attribution, name="attribution"),
]
