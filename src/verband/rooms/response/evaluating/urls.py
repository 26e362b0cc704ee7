"""Addresses of evaluation."""

from django.urls import path

from verband.rooms.response.evaluating import acts, views

urlpatterns = [
    path("", views.every, name="evaluations"),
    path("act/<slug:act>/", acts.act, name="evaluation_act"),
    path("<slug:kind>/<str:subject>/", views.evaluation, name="evaluation"),
]
