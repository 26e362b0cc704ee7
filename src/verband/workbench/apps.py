from django.apps import AppConfig


class Config(AppConfig):
    name = "verband.workbench"
    label = "workbench"
