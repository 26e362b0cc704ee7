"""Addresses of the room."""

from django.urls import path

from verband.rooms.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="list"),
    path("make/", views.make, name="make"),
    path("<int:number>/", views.report, name="report"),
    path("<int:number>/<str:form>/", views.download, name="download"),
]
