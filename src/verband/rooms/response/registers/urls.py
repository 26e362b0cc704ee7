"""Addresses of the registers, under the room's own."""

from django.urls import path

from verband.rooms.response.registers import acts, views

urlpatterns = [
    path("registers/", views.index, name="registers"),
    path("registers/<slug:register>/", views.shown_register, name="register"),
    path("registers/<slug:register>/act/<slug:act>/", acts.act, name="register_act"),
    path("registers/<slug:register>/<slug:key>/", views.shown_entry, name="register_entry"),
]
