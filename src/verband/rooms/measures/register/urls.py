"""Addresses of the register, under `register/` of the room."""

from django.urls import path

from verband.rooms.measures.register import views

urlpatterns = [
    path("", views.register, name="register"),
    path("<slug:act>/", views.act, name="register_act"),
]
