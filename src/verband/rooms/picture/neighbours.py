"""What stands next to a thing: its links by kind as lists, as a figure with its table, and the incidents among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.picture.things import Neighbour, ThingView

_SHOWN_LINKS = 50
_OPEN_LINKS = 8
_GRAPH_SIDE = 10
_FEW = 3
_GRAPH_ROW = 52
_GRAPH_COLUMN = 270
_INCIDENTS = ("incident", "disclosure", "event", "response")


@dataclass(frozen=True)
class LinkList:
    """Neighbours by one kind of link, read from this thing: the first ones and the rest."""

    label: str
    total: int
    first: tuple[Neighbour, ...]
    rest: tuple[Neighbour, ...]

    @property
    def open(self) -> bool:
        """Whether the list is short enough to stand open."""
        return self.total <= _OPEN_LINKS


def lists(view: ThingView, language: str) -> list[LinkList]:
    """The links of a thing by kind, those that it has itself first."""
    found = []
    for side, outgoing in ((view.outgoing, True), (view.incoming, False)):
        for kind, neighbours in side.items():
            items = tuple(neighbours)
            label = _link_word(kind, language, outgoing=outgoing)
            found.append(LinkList(label, len(items), items[:_SHOWN_LINKS], items[_SHOWN_LINKS:]))
    return found


def figure(view: ThingView, language: str) -> dict[str, Any] | None:
    """The thing in the middle, what points to it on the left, what it points to on the right, and the table.

    Those named by most records are drawn, at most ten on a side; the table holds what the figure shows. None where the
    thing has so few links that the lists say it all.
    """
    left, right = _side(view.incoming, language, outgoing=False), _side(view.outgoing, language, outgoing=True)
    if len(left) + len(right) < _FEW:
        return None
    height = max(len(left[:_GRAPH_SIDE]), len(right[:_GRAPH_SIDE])) * _GRAPH_ROW
    here = {"x": _GRAPH_COLUMN, "y": height / 2}
    nodes: dict[str, dict[str, Any]] = {
        view.stix_id: {"id": view.stix_id, "label": _short(view.name), "colour": "#1b4b8a", "position": here}
    }
    edges, table = [], []
    for found, column in ((left[:_GRAPH_SIDE], 0), (right[:_GRAPH_SIDE], 2)):
        for at, (near, label) in enumerate(found):
            place = {"x": column * _GRAPH_COLUMN, "y": (at + 0.5) * height / len(found)}
            href = reverse("picture:thing", args=[near.stix_id])
            node = {"id": near.stix_id, "label": _short(near.name), "kind": "shared", "href": href, "position": place}
            nodes.setdefault(near.stix_id, node)
            ends = (near.stix_id, view.stix_id) if column == 0 else (view.stix_id, near.stix_id)
            edges.append({"source": ends[0], "target": ends[1]})
            table.append([label, format_html('<a href="{}">{}</a>', href, near.name), near.records])
    return {
        "data": {"nodes": list(nodes.values()), "edges": edges},
        "table": {"head": [_("link"), _("thing"), _("records")], "rows": table},
        "shown": len(table),
        "total": len(left) + len(right),
        "height": max(160, min(620, 50 + height)),
    }


def _side(links: Mapping[str, Sequence[Neighbour]], language: str, *, outgoing: bool) -> list[tuple[Neighbour, str]]:
    """Neighbours on one side with the word of their link, those named by most records first."""
    rows = [(near, _link_word(kind, language, outgoing=outgoing)) for kind, found in links.items() for near in found]
    return sorted(rows, key=lambda row: -row[0].records)


def _short(name: str) -> str:
    """The name cut for a label."""
    return name if len(name) <= 42 else f"{name[:40].rstrip()}…"


def _link_word(kind: str, language: str, *, outgoing: bool) -> str:
    """How a link reads from this thing, in the reader's language."""
    entry = catalogue("link_kinds").find(kind)
    if entry is None:
        word = kind.replace("-", " ")
        return word if outgoing else _("%(link)s (from the other end)") % {"link": word}
    return entry.label(language) if outgoing else str(entry.fields.get(f"inverse_{language}", entry.label(language)))


def incidents(view: ThingView) -> list[Neighbour]:
    """Incidents that are linked to the thing, each once, by name."""
    found = {
        near.stix_id: near
        for side in (view.incoming, view.outgoing)
        for neighbours in side.values()
        for near in neighbours
        if near.kind in _INCIDENTS
    }
    return sorted(found.values(), key=lambda near: near.name)
