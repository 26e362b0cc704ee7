"""Addresses of the room."""

from django.urls import include, path

from verband.rooms.response import acts, instrument_pages, views
from verband.rooms.response.registers.urls import urlpatterns as registers

app_name = "response"
urlpatterns = [
    path("", views.cases, name="list"),
    path("new/", views.new_case, name="new"),
    path("instruments/", instrument_pages.instruments, name="instruments"),
    path("act/<slug:act>/", acts.act, name="act"),
    *registers,
    path("mode/", include("verband.rooms.response.incident_mode.urls")),
    path("evaluation/", include("verband.rooms.response.evaluating.urls")),
    path("attribution/", include("verband.rooms.response.attributing.urls")),
    path("<slug:key>/", views.case, name="case"),
    path("<slug:key>/trail/", views.trail, name="trail"),
    path("<slug:key>/option/", views.new_option, name="option"),
    path("<slug:key>/option/<slug:option>/", views.replace_option, name="replace"),
]
