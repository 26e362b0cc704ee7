"""Two runs beside each other: which campaigns stayed, changed, came and went, and what was different in what they read.

Campaigns are matched by their incidents alone, the most alike first; what they are called plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verband.language.errors import NotFoundError
from verband.language.records import json_bytes
from verband.rooms.campaigns import connecting
from verband.rooms.campaigns.models import Campaign, Run
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

#: Groups with a smaller share of incidents in common than this are two campaigns.
_MATCH = 1 / 3
SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
_ORDER = (CHANGED, NEW, GONE, SAME)


@dataclass(frozen=True)
class RunRow:
    """A run in the list, with how many campaigns it proposes that the reader may see."""

    run: Run
    proposed: int


@dataclass(frozen=True)
class Pair:
    """A campaign in both runs, or in one of them. `came`, `went`: incidents that only the one run has in it."""

    state: str
    first: Campaign | None
    second: Campaign | None
    came: tuple[picture.IncidentView, ...]
    went: tuple[picture.IncidentView, ...]


@dataclass(frozen=True)
class Setting:
    """A setting that differs, with its value in both runs as it is stored."""

    key: str
    first: Any
    second: Any


@dataclass(frozen=True)
class Comparison:
    """Two runs: campaigns by what became of them, settings that differ, incidents read in one of them alone.

    `altered`: incidents that both runs read, of which other evidence was read.
    """

    first: Run
    second: Run
    pairs: tuple[Pair, ...]
    settings: tuple[Setting, ...]
    added: tuple[picture.IncidentView, ...]
    withdrawn: tuple[picture.IncidentView, ...]
    altered: tuple[picture.IncidentView, ...]


def runs(who: Reader) -> list[RunRow]:
    """Every run at or below the reader's ceiling, what-if runs too, newest first.

    One job connects under many ceilings: of its runs the reader's own stands here, the last that he may see. How many
    there were below it depends on what is hidden from him.
    """
    visible = picture.visible_markings(who.ceiling)
    found = Run.objects.select_related("what_if_of", "night").prefetch_related("campaigns")
    own: dict[bytes, RunRow] = {}
    for run in found:
        if run.ceiling().within(who.ceiling):
            settings = {name: value for name, value in run.parameters.items() if name != "exclude_sources"}
            job = json_bytes([run.run_at, run.run_by, run.method, settings, run.left_out])
            proposed = sum(item.proposed and item.marking_id in visible for item in run.campaigns.all())
            own.setdefault(job, RunRow(run, proposed))
    return list(own.values())


def run(key: str, who: Reader) -> Run:
    """The run with that key. Raises NotFoundError("campaigns.no_run") alike where it may not be seen."""
    for found in Run.objects.select_related("what_if_of"):
        if found.key == key and found.ceiling().within(who.ceiling):
            return found
    raise NotFoundError("campaigns.no_run", number=key or "-")


def compare(first: Run, second: Run, *, who: Reader) -> Comparison:
    """What differs between the runs, the earlier one first; changes lead, then what came, went and stayed."""
    groups = picture.sameness_groups(who.ceiling)
    before, after = _read(first), _read(second)
    views = {**before, **after}
    return Comparison(
        first=first,
        second=second,
        pairs=_pairs(_groups(first, who, groups), _groups(second, who, groups), views),
        settings=tuple(_settings(first, second)),
        added=tuple(view for thing, view in after.items() if thing not in before),
        withdrawn=tuple(view for thing, view in before.items() if thing not in after),
        altered=tuple(
            view
            for thing, view in after.items()
            if thing in before and connecting.evidence_of(view) != connecting.evidence_of(before[thing])
        ),
    )


def _read(of: Run) -> dict[int, picture.IncidentView]:
    """The incidents that the run could read, by thing. What is held the same is as it was then."""
    return {view.id: view for view in connecting.readable(of.ceiling(), known_on=of.run_at)}


def _groups(of: Run, who: Reader, groups: Mapping[int, int]) -> list[tuple[Campaign, frozenset[int]]]:
    visible = picture.visible_markings(who.ceiling)
    found = of.campaigns.filter(marking_id__in=visible).select_related("run").prefetch_related("members")
    return [
        (item, frozenset(groups.get(member.thing_id, member.thing_id) for member in item.members.all()))
        for item in found
    ]


def _pairs(
    first: list[tuple[Campaign, frozenset[int]]],
    second: list[tuple[Campaign, frozenset[int]]],
    views: Mapping[int, picture.IncidentView],
) -> tuple[Pair, ...]:
    """Campaigns that one of the runs proposes, each with its counterpart, held for coincidence or not."""
    alike = sorted(
        (
            (-len(a & b) / len(a | b), -x.bans, x.pk, y.pk)
            for x, a in first
            for y, b in second
            if len(a & b) >= _MATCH * len(a | b)
        ),
    )
    of, back = {}, {}
    for _share, _bans, x, y in alike:
        if x not in of and y not in back:
            of[x], back[y] = y, x
    mine, other = {item.pk: (item, own) for item, own in first}, {item.pk: (item, own) for item, own in second}
    found = []
    for key, (item, own) in mine.items():
        partner = other.get(of.get(key, -1))
        if partner is None and item.proposed:
            found.append(Pair(GONE, item, None, (), _in(own, views)))
        elif partner is not None and (item.proposed or partner[0].proposed):
            same = own == partner[1] and item.proposed == partner[0].proposed
            came, went = _in(partner[1] - own, views), _in(own - partner[1], views)
            found.append(Pair(SAME if same else CHANGED, item, partner[0], came, went))
    found += [
        Pair(NEW, None, item, _in(own, views), ())
        for key, (item, own) in other.items()
        if key not in back and item.proposed
    ]
    return tuple(sorted(found, key=lambda pair: _ORDER.index(pair.state)))


def _in(things: Iterable[int], views: Mapping[int, picture.IncidentView]) -> tuple[picture.IncidentView, ...]:
    found = (views[thing] for thing in things if thing in views)
    return tuple(sorted(found, key=lambda view: view.when.start if view.when else 2**40))


def _settings(first: Run, second: Run) -> list[Setting]:
    """Settings that differ, sources left out aside: those are in `left_out` by their names."""
    rows: list[Setting] = []
    if (first.method, first.method_version) != (second.method, second.method_version):
        own, other = (f"{run.method} {run.method_version}" for run in (first, second))
        rows.append(Setting("method", own, other))
    if first.ceiling() != second.ceiling():
        rows.append(Setting("ceiling", first.ceiling(), second.ceiling()))
    keys = [key for key in {**first.parameters, **second.parameters} if not key.startswith("exclude_")]
    rows += [
        Setting(key, first.parameters.get(key), second.parameters.get(key))
        for key in keys
        if first.parameters.get(key) != second.parameters.get(key)
    ]
    for kind in {**first.left_out, **second.left_out}:
        own, other = first.left_out.get(kind, []), second.left_out.get(kind, [])
        if own != other:
            rows.append(Setting(f"left_out_{kind}", own, other))
    return rows


__all__ = ["CHANGED", "GONE", "NEW", "SAME", "Comparison", "Pair", "RunRow", "Setting", "compare", "run", "runs"]
