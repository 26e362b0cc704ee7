from django.apps import AppConfig


class Config(AppConfig):
    name = "verband.rooms.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"
