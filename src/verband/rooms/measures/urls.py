"""Addresses of the room."""

from django.urls import include, path

from verband.rooms.measures import autonomy_views, views

app_name = "measures"
urlpatterns = [
    path("", views.measures, name="list"),
    path("", include("verband.rooms.measures.progress.urls")),
    path("autonomy/", autonomy_views.board, name="autonomy"),
    path("autonomy/<slug:act>/", autonomy_views.act, name="autonomy_act"),
    path("register/", include("verband.rooms.measures.register.urls")),
    path("<str:key>/", views.measure, name="measure"),
]
