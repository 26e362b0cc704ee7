"""What this room adds to joined pages: measures of a strategic dependency, strengthening beside protective ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.asking import known_on_of, reader_of
from verband.rooms.measures import autonomy
from verband.rooms.measures.autonomy import DIRECTIONS, Placed, choices
from verband.rooms.measures.autonomy_views import rows_of, word
from verband.rooms.panels import Panel
from verband.rooms.picture import services as picture


def measures_of_dependency(request: HttpRequest, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """The measures that mitigations of the dependency name, by what these are for; of no dependency all of the board.

    `subject["measures"]` holds (number, direction) pairs; `subject["item"]` is empty where the page is about none. What
    the reader may not see is not found, and not told apart from what never was.
    """
    who = reader_of(request)
    found = autonomy.board(who, known_on=known_on_of(request))
    by_key = {one.measure.key: one for one in found.placed}
    whole = not subject["item"] and not subject["dependencies"]
    named: dict[str, list[Placed]] = {way: [] for way in choices(DIRECTIONS)}
    if whole:
        for one in found.placed:
            if one.tag is not None:
                named[one.tag.direction].append(one)
    else:
        for key, way in subject["measures"]:
            if key in by_key and by_key[key] not in named[way]:
                named[way].append(by_key[key])
    shown = [one for rows in named.values() for one in rows]
    picture.note_reading(who, "measures of a dependency", [one.measure.marking for one in shown])
    return {
        "sides": [(way, word(DIRECTIONS, way), rows_of(tuple(rows))) for way, rows in named.items()],
        "whole": whole,
        "missing": [] if whole else sorted({key for key, _ in subject["measures"] if key not in by_key}),
        "one_sided": bool(named["protect"]) and not named["promote"],
    }


PANELS = (Panel("dependency", 10, "measures", measures_of_dependency, "measures/_dependency_panel.html"),)
