"""What a group weighs that a person made: the same weight as of a group that was found, without a test of chance.

A person chose the group after a look at the incidents. How often such a group arises by chance cannot be asked of the
shuffled worlds then, so nothing here says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .duplicates import collapse
from .groups import strength
from .links import links, shared
from .model import Incident, Link, LinkEvidence, Parameters
from .pairs import sharing
from .reports import build, canonical_order
from .space import space
from .times import clock
from .voices import Voices


@dataclass(frozen=True)
class Given:
    """A given group (places in the input, ascending).

    `bans`: None for fewer reports than a campaign has, and where nothing that the method may read is stated.
    """

    incidents: tuple[int, ...]
    bans: float | None
    reports: int
    links: tuple[Link, ...]
    shared: tuple[LinkEvidence, ...]


EACH = 99.0
"""What a person puts together speaks each for itself: no likeness makes one a copy of another."""


def weigh(incidents: Sequence[Incident], parameters: Parameters, groups: Sequence[Sequence[int]]) -> tuple[Given, ...]:
    """Each of the groups with its weight among all incidents, in the order given; incidents read as one count once."""
    order = canonical_order(incidents, parameters)
    reports = build(incidents, parameters, collapse(incidents, order, parameters))
    times = clock(reports)
    reads_domain = (parameters.features is None or "domain" in parameters.features) and (
        "domain" not in parameters.exclude_features
    )
    room = space(reports, sharing(reports, least=1.0), reads_domain=reads_domain)
    room = replace(room, voices=Voices(reports, above=EACH))
    row_of = {place: row for row, places in enumerate(reports.members) for place in places}
    rows = [sorted({row_of[place] for place in group if place in row_of}) for group in groups]
    members = np.zeros((reports.count, len(groups)), dtype=np.bool_)
    for number, own in enumerate(rows):
        members[own, number] = True
    bans = strength(room, times, members, parameters).bans if reports.feature else None
    return tuple(
        Given(
            incidents=tuple(sorted(group)),
            bans=None if bans is None or len(own) < parameters.smallest else round(float(bans[number]), 9),
            reports=len(own),
            links=links(incidents, reports, times, own, parameters),
            shared=shared(incidents, reports, own, parameters),
        )
        for number, (group, own) in enumerate(zip(groups, rows, strict=True))
    )
