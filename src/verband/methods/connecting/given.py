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
from .members import members
from .model import Incident, Link, LinkEvidence, Parameters
from .pairs import sharing
from .reports import Reports, build, canonical_order, reads
from .same_event import same_events
from .space import space
from .thin import Thin, is_thin, thin_of
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
    groups_of_places = collapse(incidents, order, parameters)
    reports = build(incidents, parameters, groups_of_places)
    if is_thin(reports, clock(reports)):
        return _in_thin(incidents, thin_of(incidents, groups_of_places, same_events(incidents), parameters), groups)
    times = clock(reports)
    room = space(reports, sharing(reports, least=1.0), reads_domain=reads(parameters, "domain"))
    room = replace(room, voices=Voices(reports, above=EACH))
    rows = _rows(reports, groups)
    held = np.zeros((reports.count, len(groups)), dtype=np.bool_)
    for number, own in enumerate(rows):
        held[own, number] = True
    bans = strength(room, times, held, parameters).bans if reports.feature else None
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


def _in_thin(incidents: Sequence[Incident], thin: Thin, groups: Sequence[Sequence[int]]) -> tuple[Given, ...]:
    """The same in a thin collection, where words are read and a group weighs as its branch would."""
    reports, times, parameters = thin.reports, thin.times, thin.parameters
    out = []
    for group, own in zip(groups, _rows(reports, groups), strict=True):
        told = members(incidents, reports, times, own, parameters, likeness=thin.likeness)
        able = thin.likeness.units and len(own) >= parameters.smallest
        bans = round(thin.weight(np.array(own, dtype=np.int64)), 9) if able else None
        out.append(Given(tuple(sorted(group)), bans, len(own), told["links"], told["shared"]))
    return tuple(out)


def _rows(reports: Reports, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """The reports of each group, ascending; incidents that the run does not read are left out."""
    row_of = {place: row for row, places in enumerate(reports.members) for place in places}
    return [sorted({row_of[place] for place in group if place in row_of}) for group in groups]
