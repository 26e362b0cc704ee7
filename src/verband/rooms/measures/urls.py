"""Addresses of the room."""

from django.urls import path

from verband.rooms.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.measures, name="list"),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/<str:key>/", views.commitment, name="commitment"),
    path("<str:key>/", views.measure, name="measure"),
]
