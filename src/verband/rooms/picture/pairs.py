"""Pairs of things that may be one thing told twice, and wait for a person, as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verband.language.markings import Ceiling
from verband.rooms.picture import reading, sameness
from verband.rooms.picture.models import Sameness


@dataclass(frozen=True)
class Pair:
    """A sameness that waits, with the two things as the reader sees them."""

    sameness: Sameness
    first: reading.IncidentView
    second: reading.IncidentView

    def as_row(self) -> dict[str, Any]:
        """The pair as one row of an export."""
        return {
            "first": self.first.stix_id,
            "first_source": f"{self.first.lead.source} {self.first.lead.key}",
            "first_name": self.first.name,
            "second": self.second.stix_id,
            "second_source": f"{self.second.lead.source} {self.second.lead.key}",
            "second_name": self.second.name,
            "bans": self.sameness.strength,
            "proposed_by": self.sameness.proposed_by,
        }


def open_pairs(ceiling: Ceiling) -> list[Pair]:
    """The pairs of which the reader sees the evidence and both things, strongest first."""
    waiting = sameness.proposals(ceiling)
    rows = reading.records(ceiling).filter(thing__in=_ends(waiting))
    by_thing = {found.id: found for found in reading.compose(rows, {})}
    return [
        Pair(item, by_thing[item.first_id], by_thing[item.second_id])
        for item in waiting
        if item.first_id in by_thing and item.second_id in by_thing
    ]


def number_open(ceiling: Ceiling) -> int:
    """How many pairs `open_pairs` holds, without composing them."""
    waiting = sameness.proposals(ceiling)
    rows = reading.records(ceiling).filter(thing__in=_ends(waiting))
    seen = set(rows.values_list("thing_id", flat=True).distinct())
    return sum(item.first_id in seen and item.second_id in seen for item in waiting)


def _ends(waiting: list[Sameness]) -> set[int]:
    return {number for item in waiting for number in (item.first_id, item.second_id)}
