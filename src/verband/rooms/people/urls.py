"""Addresses of the room."""

from django.urls import path

from verband.rooms.people import views

app_name = "people"
urlpatterns = [
    path("", views.account, name="account"),
    path("login/", views.login, name="login"),
    path("link/<str:token>/", views.link, name="link"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("organisations/", views.organisations, name="organisations"),
]
