"""The cascade report of a transmission grid: which buses cost most, what falls when, and what is not modelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.markings import Marking
from verband.methods.depending.cascades import Blast, Parameters, Standing
from verband.rooms.reports.document import Block, Bullets, Chart, Document, Paragraph, Section, Table, Text, say
from verband.rooms.reports.words import Words

KIND = "grid-cascade"
#: Of a cascade so many failures are listed.
LISTED = 100
#: What the model leaves out, in the order in which it is told.
NOT_MODELLED = ("flows", "frequency", "feedback", "restoration", "other_networks", "data", "places", "draws")
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True)
class Requirement:
    """One requirement as the description has it, for the table of assumptions."""

    node: str
    grade: str
    members: tuple[str, ...]
    k: int
    buffer_h: float
    spread: float | None
    basis: str
    note: str


@dataclass(frozen=True, eq=False)
class GridCascade:
    """What a report is made from: the rankings, one cascade, and all that they stand on.

    `more_equal` counts by ranking what is not shown and costs as much as the last that is. `places` says of a bus where
    it is; `counts` what the grid holds, by the names of the texts `grid_cascade.count_*`; `basis` on what the
    requirements rest. `failed` names what fails in the cascade; `blast` is None where nothing stands on it.
    """

    buses: tuple[Standing, ...]
    processes: tuple[Standing, ...]
    more_equal: Mapping[str, int]
    candidates: int
    parameters: Parameters
    failed: tuple[str, ...]
    blast: Blast | None
    requirements: tuple[Requirement, ...]
    basis: Mapping[str, int]
    closed_cycles: tuple[tuple[str, ...], ...]
    places: Mapping[str, str]
    counts: Mapping[str, int]
    grid: str
    description: str


def label(name: str, words: Words, places: Mapping[str, str] | None = None) -> str:
    """A node in words: a vital process (`drinking_water: north 1`) by the catalogue's name, a bus with its place."""
    if places and name in places:
        return f"{_bus(name, words)} ({places[name]})" if places[name] else _bus(name, words)
    key, _, where = name.partition(": ")
    entry = catalogue("vital_processes").find(key)
    if entry is None:
        return _bus(name, words)
    area, _, number = where.partition(" ")
    known = ("north", "east", "north-west", "south-west", "south")
    place = words(f"grid_cascade.{area.replace('-', '_')}") if area in known else area
    return f"{entry.label(words.language)}{f', {place} {number}'.rstrip() if where else ''}"


def nothing_falls(failed: str, words: Words) -> str:
    """That no process falls with what fails; with `failed` empty that no bus by itself takes one down."""
    return words("grid_cascade.nothing_falls", failed=failed) if failed else words("grid_cascade.no_bus")


def place_of(one: Standing, among: Sequence[Standing]) -> int:
    """Its place: 1 for what costs most, the same for equal costs."""
    return 1 + sum(other.lost_h > one.lost_h for other in among)


def document(found: GridCascade, *, words: Words, moment: int, marking: Marking) -> Document:
    """The report; `moment` in seconds since 1970 is when it is made."""
    # Needs the application's models, which the words and values above do without.
    from verband.rooms.reports.kinds.picture import labels, marking_words

    date = words.day(moment)
    own = found.basis["own_assumption"]
    total = sum(found.basis.values())
    return Document(
        kind=KIND,
        language=words.language,
        title=words("grid_cascade.title"),
        subtitle=words("grid_cascade.subtitle", date=date),
        marking=marking_words(marking, words),
        tlp=marking.tlp,
        made_on=date,
        known_on=date,
        facts=(
            (words("head.what"), words("grid_cascade.what", horizon=f"{found.parameters.horizon_h:g}")),
            (words("grid_cascade.grid"), f"{found.grid}: {_counted(found, words)}"),
            (words("grid_cascade.description"), words("grid_cascade.rests", file=found.description, own=own, n=total)),
        ),
        summary=_summary(found, words),
        sections=(
            _ranking(found, words, "buses", found.buses),
            _ranking(found, words, "processes", found.processes),
            _cascade(found, words),
            _not_modelled(words),
            _assumptions(found, words),
            _method(found, words),
        ),
        labels=labels(words, date),
        notice=words("grid_cascade.notice"),
    )


def _summary(found: GridCascade, words: Words) -> tuple[Block, ...]:
    lines: list[Text] = []
    if found.buses:
        first = found.buses[0]
        values = {"name": label(first.name, words, found.places), "lost": _spread(first, words)}
        lines.append(say(words.agreeing("grid_cascade.highest", first.fallen, **values)))
        ties = sum(one.lost_h == first.lost_h for one in found.buses)
        if ties > 1:
            lines.append(say(words("grid_cascade.ties", n=ties)))
    else:
        lines.append(say(words("grid_cascade.no_bus")))
    lines += [say(words("expose.cycle", nodes=words.listed(cycle))) for cycle in found.closed_cycles]
    return (
        Bullets(tuple(lines)),
        Paragraph(say(words("grid_cascade.not_modelled_short")), "caution"),
        Paragraph(say(words("grid_cascade.assumed_short")), "caution"),
    )


def _ranking(found: GridCascade, words: Words, key: str, standings: tuple[Standing, ...]) -> Section:
    lead = Paragraph(
        say(words(f"grid_cascade.{key}_lead", n=len(standings), of=found.candidates, draws=found.parameters.draws))
    )
    blocks: list[Block] = [lead]
    if not standings:
        return Section(key, words(f"grid_cascade.{key}"), blocks=(lead, Paragraph(say(words("format.none")))))
    names = [label(one.name, words, found.places) for one in standings]
    table = Table(
        words(f"grid_cascade.{key}"),
        tuple(words(f"grid_cascade.{column}") for column in ("node", "lost", "low", "high", "fallen")),
        tuple(
            (
                say(f"{place_of(one, standings)}. {name}"),
                *(say(_hours(value, words)) for value in (one.lost_h, one.low_h, one.high_h)),
                say(str(one.fallen)),
            )
            for name, one in zip(names, standings, strict=True)
        ),
        (10, 3, 3, 3, 2),
    )
    alt = words(
        "grid_cascade.alt", nodes=words.count("node", len(standings)), name=names[0], lost=_spread(standings[0], words)
    )
    chart = Chart(words(f"grid_cascade.{key}"), alt, _bars(names, standings, alt, words), table)
    blocks.append(chart)
    if found.more_equal[key]:
        blocks.append(Paragraph(say(words("grid_cascade.more_equal", n=found.more_equal[key])), "caution"))
    return Section(key, words(f"grid_cascade.{key}"), blocks=tuple(blocks))


def _bars(names: list[str], standings: Sequence[Standing], alt: str, words: Words) -> dict[str, Any]:
    values = [
        {"node": name, "lost": one.lost_h, "low": one.low_h, "high": one.high_h}
        for name, one in zip(names, standings, strict=True)
    ]
    y = {
        "field": "node",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 300, "ticks": False, "domain": False},
    }
    x = {"type": "quantitative", "axis": {"title": words("grid_cascade.lost"), "tickCount": 6}}
    return {
        "$schema": _SCHEMA,
        "description": alt,
        "width": {"container": 0.5},
        "height": {"step": 20},
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "bar", "color": "#9db7d5"}, "encoding": {"x": {"field": "lost", **x}}},
            {
                "mark": {"type": "rule", "color": "#16202e"},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
        ],
    }


def _cascade(found: GridCascade, words: Words) -> Section:
    failed = words.listed([label(name, words, found.places) for name in found.failed])
    title = words("grid_cascade.cascade")
    if found.blast is None:
        return Section("cascade", title, blocks=(Paragraph(say(nothing_falls(failed, words))),))
    blast = found.blast
    steps = blast.cascade.steps()
    spread = _between(blast.lost_h, blast.low_h, blast.high_h, words)
    lead = words.agreeing("grid_cascade.cascade_lead", len(steps), failed=failed, lost=spread)
    rows = tuple(
        (
            say(label(step.name, words, found.places)),
            say(step.grade),
            say(words.decimal(step.time_h)),
            say(words.listed([label(name, words, found.places) for name in step.missing[:4]])),
        )
        for step in steps[:LISTED]
    )
    table = Table(
        title, tuple(words(f"grid_cascade.{c}") for c in ("node", "class", "time", "missing")), rows, (8, 2, 2, 8)
    )
    blocks: list[Block] = [Paragraph(say(lead), "lead"), table]
    if len(steps) > LISTED:
        blocks.append(Paragraph(say(words("grid_cascade.more", n=len(steps) - LISTED)), "small"))
    return Section("cascade", title, blocks=tuple(blocks))


def _not_modelled(words: Words) -> Section:
    lines = tuple(say(words(f"grid_cascade.not_{name}")) for name in NOT_MODELLED)
    return Section("not-modelled", words("grid_cascade.not_modelled"), blocks=(Bullets(lines),))


def _assumptions(found: GridCascade, words: Words) -> Section:
    rows = tuple(
        (
            say(label(one.node, words, found.places)),
            say(one.grade),
            say(words("grid_cascade.k_of_n", k=one.k, n=len(one.members)), " ", _members(one, words)),
            say(
                words("grid_cascade.buffer_h", hours=f"{one.buffer_h:g}")
                + (f" (x {one.spread:g})" if one.spread else "")
            ),
            say(words("grid_cascade.own") if one.basis == "own assumption" else one.basis or words("expose.unknown")),
        )
        for one in found.requirements
    )
    columns = ("node", "class", "needs", "buffer", "basis")
    title = words("grid_cascade.assumptions")
    table = Table(title, tuple(words(f"grid_cascade.{column}") for column in columns), rows, (7, 2, 9, 3, 4))
    return Section(
        "assumptions", title, blocks=(Paragraph(say(words("grid_cascade.assumptions_lead")), "caution"), table)
    )


def _method(found: GridCascade, words: Words) -> Section:
    parameters = found.parameters
    lines = [
        words("grid_cascade.method_model"),
        words(
            "grid_cascade.method_run",
            horizon=f"{parameters.horizon_h:g}",
            draws=parameters.draws,
            seed=parameters.seed,
            spread=f"{parameters.spread:g}",
        ),
        *(words(f"grid_cascade.count_{name}", n=n) for name, n in found.counts.items()),
    ]
    return Section("method", words("grid_cascade.method"), blocks=(Bullets(tuple(say(line) for line in lines)),))


def _counted(found: GridCascade, words: Words) -> str:
    return "; ".join(
        words(f"grid_cascade.count_{name}", n=found.counts[name]) for name in ("buses", "branches", "supplied")
    )


def _members(one: Requirement, words: Words) -> str:
    shown = [label(name, words) for name in one.members[:4]]
    return ", ".join(shown) + (" …" if len(one.members) > len(shown) else "")


def _bus(name: str, words: Words) -> str:
    return f"{words('grid_cascade.bus')} {name[4:]}" if name.startswith("bus ") else name


def _spread(one: Standing, words: Words) -> str:
    return _between(one.lost_h, one.low_h, one.high_h, words)


def _between(value: float, low: float | None, high: float | None, words: Words) -> str:
    if low is None or high is None:
        return words.decimal(value)
    return f"{words.decimal(value)} ({words.decimal(low)} – {words.decimal(high)})"


def _hours(value: float | None, words: Words) -> str:
    return words("expose.unknown") if value is None else words.decimal(value)
