from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from verband.rooms.picture.services import IncidentView


class Config(AppConfig):
    name = "verband.rooms.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the picture how a theme follows from an incident, so that its list can be filtered by it."""
        from verband.rooms.picture.derived import derive

        derive("theme", _themes_of)


def _themes_of(view: IncidentView) -> tuple[str, ...]:
    """Read where it is asked for: the triangle stands on connecting, which takes half a second to load."""
    from verband.rooms.risk.triangle import themes_of

    return themes_of(view)
