from django.apps import AppConfig


class Config(AppConfig):
    name = "verband.rooms.exposure"
    label = "exposure"
    default_auto_field = "django.db.models.BigAutoField"
