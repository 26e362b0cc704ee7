from django.apps import AppConfig


class Config(AppConfig):
    name = "verband.rooms.picture"
    label = "picture"
    default_auto_field = "django.db.models.BigAutoField"
