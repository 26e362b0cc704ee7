"""Addresses of the room."""

from django.urls import include, path

from verband.rooms.risk import views

app_name = "risk"
urlpatterns = [
    path("", views.triangle, name="triangle"),
    path("scenarios/", include("verband.rooms.risk.scenarios.urls")),
    path("gaps/", views.gaps, name="gaps"),
    path("matrix/", include("verband.rooms.risk.matrix.urls")),
    path("cycle/", include("verband.rooms.risk.cycle.urls")),
    path("interests/<slug:interest>/", views.interest, name="interest"),
    path("themes/<slug:theme>/", views.theme, name="theme"),
    path("interests/<slug:interest>/<slug:theme>/", views.pair, name="pair"),
    path("interests/<slug:interest>/<slug:theme>/judge/", views.judge, name="judge"),
    path("judgements/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("watch/", include("verband.rooms.risk.watch.urls")),
]
