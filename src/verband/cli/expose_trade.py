"""What `verband expose trade` prints and keeps: indicators of each product and year, and how long dependence lasts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from verband.cli.expose_kept import Kept
from verband.cli.expose_supply import tell_rejects, told_rejects
from verband.cli.shell import interface_language, plain, print_json, say
from verband.formats.trade_flows import TradeReading
from verband.language.errors import InputError
from verband.language.words import closest
from verband.methods.depending import supply
from verband.methods.engine import Engine
from verband.methods.engine import engine as make_engine
from verband.rooms.exposure.dependence.reading import TradeRows, columns_of, members_of, trade_rows
from verband.rooms.reports.words import Words

#: Where no country of the flows is near, so many are named.
_NAMED = 8
_VARIANTS = ("eu", "geodep")


def show(
    files: Sequence[Path], members: str, columns: str, *, engine: str, rows: int, kept: Kept | None, as_json: bool
) -> None:
    """Read, compute, keep where that is asked, and print.

    Raises InputError("strategic.members") with the nearest names for a member that no flow names, and what these raise.
    """
    words = Words(interface_language())
    bloc = members_of(members)
    named = columns_of(columns)
    runner = make_engine(engine)

    def told(name: str, reading: TradeReading) -> None:
        tell_rejects(reading.rejects, name, words, many=reading.rejected)

    with tempfile.TemporaryDirectory(prefix="verband-") as folder:
        found_rows = trade_rows(files, named, Path(folder), read=told)
        say(words("expose.flows", n=found_rows.flows.rows, engine=engine))
        _check_members(found_rows, bloc, runner)
        years = supply.product_years(found_rows.flows, bloc, engine=runner)
        if kept is not None:
            _keep(found_rows, bloc, runner, kept)
    found = {"eu": supply.eu_dependence(years), "geodep": supply.geodep_dependence(years)}
    if as_json:
        print_json(_said(found, bloc, found_rows.readings))
        return
    for line in _lines(found, bloc, words, rows):
        click.echo(plain(line))


def _check_members(rows: TradeRows, bloc: Sequence[str], runner: Engine) -> None:
    """Raises InputError("strategic.members") with the nearest names for a member that no flow names."""
    if not bloc or not rows.flows.rows:
        return
    named = sorted(supply.countries_named(rows.flows, engine=runner))
    for member in bloc:
        if member not in named:
            nearest = closest(member, named) or ", ".join(named[:_NAMED])
            raise InputError("strategic.members", member=member, nearest=nearest)


def _keep(rows: TradeRows, bloc: Sequence[str], runner: Engine, kept: Kept) -> None:
    from verband.rooms.exposure.dependence import editions

    made = editions.keep_trade(rows, bloc, kept.said(), engine=runner, who=kept.who(), now=kept.now)
    kept.tell(len(made), ", ".join(str(one.year) for one in made))


def _unverified() -> list[dict[str, Any]]:
    held_against = supply.thresholds()
    keys = [key for name in _VARIANTS for key in supply.CELLS[name]]
    return [
        {"key": bound.key, "value": bound.value, "source": bound.source}
        for bound in held_against.unverified(dict.fromkeys(keys))
    ]


def _said(
    found: Mapping[str, tuple[supply.Dependence, ...]], bloc: Sequence[str], readings: Mapping[str, TradeReading]
) -> dict[str, Any]:
    return {
        "members": list(bloc),
        "thresholds_not_verified": _unverified(),
        "products": {name: [_dependence(one) for one in rows] for name, rows in found.items()},
        "persistence": {
            name: [
                {
                    "year": one.year,
                    "dependent": one.dependent,
                    "still": one.still,
                    "no_longer": one.no_longer,
                    "not_judged": one.not_judged,
                    "share": one.share,
                }
                for one in supply.persistence(rows)
            ]
            for name, rows in found.items()
        },
        "rejected": {file: reading.rejected for file, reading in readings.items()},
        "rejects": {file: told_rejects(reading.rejects) for file, reading in readings.items()},
    }


def _dependence(one: supply.Dependence) -> dict[str, Any]:
    return {
        "year": one.year,
        "product": one.product,
        "verdict": one.verdict,
        "persistent": one.persistent,
        "warning": one.warning,
        "indicators": {
            part.key: {"value": part.value, "threshold": part.threshold, "above": part.above} for part in one.indicators
        },
        "top": one.top,
        "top_share": one.top_share,
        "coverage": one.coverage,
    }


def _lines(
    found: Mapping[str, tuple[supply.Dependence, ...]], bloc: Sequence[str], words: Words, rows: int
) -> Iterator[str]:
    """For people: each variant with its newest years first, what lasts, and which thresholds nobody checked."""
    for name, products in found.items():
        yield words(f"expose.variant_{name}", members=", ".join(bloc))
        ordered = sorted(products, key=lambda one: (-one.year, one.verdict != "dependent", one.product))
        for one in ordered[:rows]:
            yield _line(one, name, words)
        if len(ordered) > rows:
            yield words("expose.more", n=len(ordered) - rows)
        for year in supply.persistence(products):
            share = (
                words("expose.unknown") if year.share is None else words.percent(year.share) if year.share else "0 %"
            )
            yield words(
                "expose.lasting", year=year.year, n=year.dependent, still=year.still, gone=year.no_longer,
                open=year.not_judged, share=share,
            )  # fmt: skip
        yield ""
    open_cells = ", ".join(f"{cell['key']} {cell['value']:g}" for cell in _unverified())
    if open_cells:
        yield words("expose.not_verified", cells=open_cells)


def _line(one: supply.Dependence, name: str, words: Words) -> str:
    figures = ", ".join(
        words("expose.unknown") if part.value is None else words.decimal(part.value, 2) for part in one.indicators
    )
    verdict = words(f"expose.{one.verdict}")
    lasting = words(f"expose.lasts_{one.persistent}") if name == "geodep" else ""
    warning = words(f"expose.warning_{one.warning}") if one.warning else ""
    top = f"; {words.listed(one.top)} {words.percent(one.top_share)}" if one.top and one.top_share is not None else ""
    return f"{one.year}  {one.product}: {verdict}{lasting}{warning} ({figures}{top})"
