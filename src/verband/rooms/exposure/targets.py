"""The blast radius of a campaign or an incident: which nodes its named targets are, as people say, and what fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.language.words import fold
from verband.rooms.campaigns import services as campaigns
from verband.rooms.exposure import keeping
from verband.rooms.exposure.network import Network, NodeView, network
from verband.rooms.exposure.outage_models import StandsFor
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

#: Attributes of an incident that name what was hit.
_NAMED = ("target", "infrastructure")
_LINK = "targets"


@dataclass(frozen=True)
class Standing:
    """A node that stands for a target, and the row by which a person said so."""

    node: NodeView
    row: StandsFor


@dataclass(frozen=True)
class Target:
    """A target as the sources name it, in how many incidents, its STIX id where it is a thing, and the nodes for it."""

    name: str
    thing: str
    incidents: int
    nodes: tuple[Standing, ...]


@dataclass(frozen=True)
class Targets:
    """What was hit, most often named first, those that a node stands for before others."""

    found: Network
    targets: tuple[Target, ...]
    marked: tuple[Marking, ...]

    @property
    def picks(self) -> list[str]:
        """The nodes that stand for any of them, each once."""
        return list(dict.fromkeys(one.node.key for target in self.targets for one in target.nodes))


def standing_for(who: Reader, *, known_on: int | None = None) -> list[StandsFor]:
    """What nodes stand for, as nobody took back and the reader may see."""
    return keeping.standing(StandsFor, who, known_on=known_on)


def of_campaign(uuid: str, who: Reader, *, known_on: int | None = None) -> tuple[campaigns.CampaignView, Targets]:
    """The targets of a campaign's incidents. Raises what `campaigns.campaign` raises."""
    view = campaigns.campaign(uuid, who, known_on=known_on)
    return view, targets(view.incidents, who, known_on=known_on)


def of_incident(stix_id: str, who: Reader, *, known_on: int | None = None) -> tuple[picture.IncidentView, Targets]:
    """The targets of an incident. Raises NotFoundError("picture.no_thing")."""
    thing = picture.thing(stix_id, who.ceiling, known_on=known_on)
    same = set(picture.thing_ids(list(thing.members)).values())
    for view in picture.incidents(who.ceiling, known_on=known_on):
        if view.stix_id in same:
            return view, targets([view], who, known_on=known_on)
    raise NotFoundError("picture.no_thing", id=stix_id)


def targets(incidents: Sequence[picture.IncidentView], who: Reader, *, known_on: int | None = None) -> Targets:
    """What these incidents hit by name, and which nodes stand for it."""
    found = network(who, known_on=known_on)
    by_name: dict[str, list[Standing]] = {}
    rows = [row for row in standing_for(who, known_on=known_on) if row.node in found.nodes]
    for row in rows:
        by_name.setdefault(fold(row.thing), []).append(Standing(found.nodes[row.node], row))
    names: dict[str, tuple[str, str]] = {}
    counts: dict[str, int] = {}
    for view in incidents:
        hit = {fold(word): (word, "") for name in _NAMED for word in view.stated(name)}
        if rows:
            linked = picture.thing(view.stix_id, who.ceiling, known_on=known_on).outgoing.get(_LINK, [])
            hit |= {near.stix_id: (near.name, near.stix_id) for near in linked}
        for key, told in hit.items():
            names.setdefault(key, told)
            counts[key] = counts.get(key, 0) + 1
    listed = [Target(*names[key], counts[key], tuple(by_name.get(fold(key), ()))) for key in names]
    order = sorted(listed, key=lambda one: (not one.nodes, -one.incidents))
    marked = [view.marking for view in incidents]
    marked += [one.row.marking.value() for target in listed for one in target.nodes]
    return Targets(found, tuple(order), tuple(marked))
