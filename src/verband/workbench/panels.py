"""Joins rooms on one page: finds the panels that rooms offer and draws those that a reader may see."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from verband.rooms.panels import Panel


@cache
def offered() -> tuple[Panel, ...]:
    """Every panel that an installed room offers in its `panels.py`, by slot and order."""
    found: list[Panel] = []
    for app in apps.get_app_configs():
        name = f"{app.name}.panels"
        if app.name.startswith("verband.rooms.") and find_spec(name) is not None:
            found += import_module(name).PANELS
    return tuple(sorted(found, key=lambda panel: (panel.slot, panel.order)))


def draw(request: HttpRequest, slot: str, subject: object) -> SafeString:
    """The panels of that place on the page, in order: only of rooms that the reader may enter."""
    rooms = request.reader.rooms  # type: ignore[attr-defined]
    drawn = []
    for panel in offered():
        if panel.slot == slot and panel.room in rooms:
            context = panel.context(request, subject)
            if context is not None:
                drawn.append((SafeString(render_to_string(panel.template, dict(context), request=request)),))
    return format_html_join("\n", "{}", drawn)
