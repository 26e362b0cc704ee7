"""The address of means against measures, under `matrix/` of the room."""

from django.urls import path

from verband.rooms.risk.matrix import views

urlpatterns = [path("", views.matrix, name="means_matrix")]
