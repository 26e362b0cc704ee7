"""What `verband expose grid` prints and reports: the buses that cost most, for the processes that stand on them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

from verband.cli.expose_cascade import basis, cascade_lines, fallen, ranked, ranking_lines, system_of, told
from verband.cli.shell import interface_language, now, plain, print_json, say
from verband.formats.dependencies import Needs, read_needs
from verband.formats.grid import GridBus, GridData, read_grid
from verband.language.errors import InputError, LocatedError, StateError
from verband.language.markings import Marking
from verband.methods.depending import cascades
from verband.rooms.reports.kinds import grid_cascade
from verband.rooms.reports.words import Words

#: What a member of a requirement begins with that is a bus of the grid.
PREFIX = "bus "
_EMBEDDED = "processes_on_grid.csv"
_BRANCHES = ("line ", "link ", "transformer ", "converter ")


def show(
    folder: Path,
    processes: Path | None,
    failed: tuple[str, ...],
    *,
    horizon_h: float,
    draws: int,
    seed: int,
    rows: int,
    report: Path | None,
    language: str | None,
    tlp: str | None,
    as_json: bool,
) -> None:
    """Read, compute, print, report. Raises InputError("expose.folder"), ("expose.report") and what reading raises."""
    words = Words(language or interface_language())
    form = _form(report)
    parameters = cascades.Parameters(horizon_h=horizon_h, draws=draws, seed=seed)
    if not folder.is_dir():
        raise InputError("expose.folder", file=folder.name)
    data = read_grid(folder)
    for file, reject in data.rejects:
        say(
            words(
                "expose.reject", file=f"{file}.csv", line=reject.line, field=reject.field or "-", reason=reject.reason
            )
        )
    needs = _needs(processes)
    found = _found(data, needs, failed, parameters, rows, folder.resolve().name, words, own_file=processes is not None)
    if report is not None:
        marking = Marking(tlp or ("CLEAR" if processes is None else "AMBER"))
        _write(report, form, grid_cascade.document(found, words=words, moment=int(now().timestamp()), marking=marking))
    if as_json:
        print_json(_said(found, data))
        return
    for line in _lines(found, words, rows):
        click.echo(plain(line))


def _needs(processes: Path | None) -> Needs:
    if processes is not None:
        return read_needs(processes)
    with as_file(files("verband.demo").joinpath("data", _EMBEDDED)) as path:
        return read_needs(path)


def _found(
    data: GridData,
    needs: Needs,
    failed: tuple[str, ...],
    parameters: cascades.Parameters,
    rows: int,
    name: str,
    words: Words,
    *,
    own_file: bool,
) -> grid_cascade.GridCascade:
    grid = cascades.grid_of(data.names, data.branches, supplied=data.supplied)
    used = _used(needs, grid, own=own_file)
    system = system_of(needs, more=grid.nodes(used, prefix=PREFIX))
    candidates = grid.candidates(used, prefix=PREFIX)
    own = dict.fromkeys(row.node for row in needs.rows)
    ranking = cascades.criticality(system, parameters, candidates=candidates)
    processes = cascades.criticality(system, parameters, candidates={one: [one] for one in own})
    names = failed or tuple(one.name for one in ranking.standings[:1])
    down = _down(names, grid, used, system)
    return grid_cascade.GridCascade(
        buses=ranking.standings[:rows],
        processes=processes.standings[:rows],
        more_equal={
            "buses": _more_equal(ranking.standings, rows),
            "processes": _more_equal(processes.standings, rows),
        },
        candidates=len(candidates),
        parameters=parameters,
        failed=names,
        blast=cascades.blast_radius(system, down, parameters) if down else None,
        requirements=tuple(
            grid_cascade.Requirement(
                row.node, row.grade, row.members, row.k, row.buffer_h, row.spread, row.basis, row.note
            )
            for row in needs.rows
            if row.members
        ),
        basis=basis(needs),
        closed_cycles=system.closed_cycles,
        places={PREFIX + bus.name: _place(bus, words) for bus in data.buses},
        counts={
            "buses": len(data.buses),
            "branches": len(data.branches),
            "supplied": len(data.supplied),
            "dark": len(grid.dark),
            "planned": sum(data.planned.values()),
            "rejects": len(data.rejects),
        },
        grid=name,
        description=needs.file,
    )


def _more_equal(standings: tuple[cascades.Standing, ...], rows: int) -> int:
    return sum(one.lost_h == standings[rows - 1].lost_h for one in standings[rows:])


def _used(needs: Needs, grid: cascades.Grid, *, own: bool) -> list[str]:
    """The buses that something stands on.

    Raises LocatedError for one that is unknown or that nothing supplies; InputError("expose.other_grid") where the file
    is not one of the reader's `own`.
    """
    used: dict[str, None] = {}
    for row in needs.rows:
        here = [member.removeprefix(PREFIX) for member in row.members if member.startswith(PREFIX)]
        try:
            grid.nodes(here)
        except InputError as error:
            if not own:
                bus = error.params.get("name", error.params.get("bus"))
                raise InputError("expose.other_grid", bus=bus) from error
            raise LocatedError(error, file=needs.file, line=row.line) from error
        used |= dict.fromkeys(here)
    return list(used)


def _down(names: tuple[str, ...], grid: cascades.Grid, used: list[str], system: cascades.System) -> list[str]:
    """The nodes that are down at hour 0 when these buses, branches and processes fail together.

    Raises InputError("depending.node_unknown") with the nearest, the bus for what is the number of one alone.
    """
    buses = [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]
    branches = [name for name in names if name.startswith(_BRANCHES) and name not in system.places]
    others = [name for name in names if not name.startswith(PREFIX) and name not in branches]
    for name in others:
        if name not in system.places and name in grid.buses:
            raise InputError("depending.node_unknown", node=name, nearest=PREFIX + name)
    system.numbers(others)
    cut = set(grid.down(buses=buses, branches=branches)) if buses or branches else set()
    return [*(PREFIX + bus for bus in used if bus in cut), *others]


def _place(bus: GridBus, words: Words) -> str:
    if bus.longitude is None or bus.latitude is None:
        return ""
    kv = "?" if bus.voltage_kv is None else f"{bus.voltage_kv:g}"
    lat, lon = words.decimal(bus.latitude, 2), words.decimal(bus.longitude, 2)
    return words("grid_cascade.voltage", kv=kv, lat=lat, lon=lon)


def _form(report: Path | None) -> str:
    """The format that the file's name asks for, with the application set up to make it; empty without a report."""
    if report is None:
        return ""
    import django

    django.setup()
    from verband.rooms.reports import services as reports

    form = report.suffix.removeprefix(".").lower()
    if report.is_dir():
        raise InputError("expose.report_folder", folder=report)
    if form not in reports.FORMATS:
        raise InputError("expose.report", suffix=report.suffix or report.name, known=", ".join(reports.FORMATS))
    return form


def _write(report: Path, form: str, document: Any) -> None:
    """Render and write. Raises StateError("expose.unwritable")."""
    from verband.rooms.reports import services as reports

    content = reports.rendered(document, form, made_at=now())
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_bytes(content)
    except OSError as error:
        raise StateError("expose.unwritable", file=report, reason=error.strerror or "") from error
    say(f"{form}: {report}")


def _said(found: grid_cascade.GridCascade, data: GridData) -> dict[str, Any]:
    english = Words("en")
    places = found.places
    return {
        "grid": {**found.counts, "planned": data.planned},
        "processes_file": found.description,
        "basis": dict(found.basis),
        **told(found.parameters),
        "not_modelled": [english(f"grid_cascade.not_{name}") for name in grid_cascade.NOT_MODELLED],
        "candidates": found.candidates,
        "buses": [ranked(one, found.buses) | {"place": places.get(one.name, "")} for one in found.buses],
        "processes": [ranked(one, found.processes) for one in found.processes],
        "more_equal": dict(found.more_equal),
        "failed": found.failed,
        "cascade": None if found.blast is None else fallen(found.blast),
        "closed_cycles": found.closed_cycles,
        "requirements": [
            {
                "node": one.node,
                "class": one.grade,
                "members": one.members,
                "k": one.k,
                "buffer_h": one.buffer_h,
                "spread": one.spread,
                "basis": one.basis,
                "note": one.note,
            }
            for one in found.requirements
        ],
    }


def _lines(found: grid_cascade.GridCascade, words: Words, rows: int) -> Iterator[str]:
    parameters = found.parameters
    named = {one.name: grid_cascade.label(one.name, words, found.places) for one in (*found.buses, *found.processes)}
    yield words("expose.ranking", horizon=f"{parameters.horizon_h:g}", n=parameters.draws)
    for key, standings in (("buses", found.buses), ("processes", found.processes)):
        yield ""
        yield words(f"grid_cascade.{key}")
        yield from ranking_lines(standings, words, named)
        if found.more_equal[key]:
            yield words("grid_cascade.more_equal", n=found.more_equal[key])
    yield ""
    failed = words.listed([grid_cascade.label(name, words, found.places) for name in found.failed])
    if found.blast is None:
        yield grid_cascade.nothing_falls(failed, words)
    else:
        yield f"{words('grid_cascade.cascade')}: {failed}"
        yield from cascade_lines(found.blast, words, rows, lambda name: grid_cascade.label(name, words))
    for cycle in found.closed_cycles:
        yield words("expose.cycle", nodes=words.listed(cycle))
    yield ""
    yield words("expose.basis", **found.basis)
    yield words("grid_cascade.not_modelled_short")
    yield words("grid_cascade.assumed_short")
