"""Addresses of commitments and progress letters, inside those of the room."""

from django.urls import path

from verband.rooms.measures.progress import letter_views, views

urlpatterns = [
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/act/<slug:act>/", views.later_act, name="later_act"),
    path("commitments/<str:key>/", views.commitment, name="commitment"),
    path("letters/", letter_views.letters_page, name="letters"),
    path("letters/act/<slug:act>/", letter_views.letter_act, name="letter_act"),
    path("letters/<slug:key>/", letter_views.letter, name="letter"),
]
