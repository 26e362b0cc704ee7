"""The tables of a room whose rows people keep."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model


def kinds(base: type[Model]) -> list[type[Model]]:
    """Every table that is made of that abstract model."""
    found = [model for model in apps.get_models() if issubclass(model, base)]
    assert found, base
    return found
