from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    name = "verband.rooms.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"
