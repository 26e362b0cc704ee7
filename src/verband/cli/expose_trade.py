"""What `verband expose trade` prints: indicators of each product and year, and how long dependence lasts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from verband.cli.expose_supply import tell_rejects, told_rejects
from verband.cli.shell import interface_language, plain, print_json, say
from verband.formats.trade_flows import COLUMNS, SCHEMA, UNIT, TradeReading, read_trade_flows
from verband.language.errors import InputError
from verband.methods.depending import supply
from verband.methods.engine import Stored, engine, keep, stored
from verband.rooms.reports.words import Words

_VARIANTS = ("eu", "geodep")


def show(files: Sequence[Path], members: str, columns: str, *, engine: str, rows: int, as_json: bool) -> None:
    """Read, compute and print. Raises what reading flows and computing over them raise."""
    words = Words(interface_language())
    bloc = sorted({name.strip() for name in members.split(",") if name.strip()})
    named = _columns(columns)
    with tempfile.TemporaryDirectory(prefix="verband-") as folder:
        flows, readings = _flows(files, named, Path(folder), words)
        say(words("expose.flows", n=flows.rows, engine=engine))
        years = _years(flows, bloc, engine)
    found = {"eu": supply.eu_dependence(years), "geodep": supply.geodep_dependence(years)}
    if as_json:
        print_json(_said(found, bloc, readings))
        return
    for line in _lines(found, bloc, words, rows):
        click.echo(plain(line))


def _years(flows: Stored, bloc: Sequence[str], name: str) -> tuple[supply.ProductYear, ...]:
    runner = engine(name)
    return supply.product_years(flows, bloc, engine=runner)


def _columns(text: str) -> dict[str, str]:
    """What the option says. Raises InputError("expose.columns")."""
    known = (*COLUMNS, UNIT)
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, given, column = (piece.strip() for piece in part.partition("="))
        if not given or not column or name not in known:
            raise InputError("expose.columns", text=part, known=", ".join(known))
        found[name] = column
    return found


def _flows(
    files: Sequence[Path], columns: Mapping[str, str], folder: Path, words: Words
) -> tuple[Stored, dict[str, TradeReading]]:
    """The rows of all files where the engine reads them: csv is checked line by line and kept as Parquet first."""
    paths: list[str] = []
    readings: dict[str, TradeReading] = {}
    rows, kind = 0, ""
    for number, file in enumerate(files):
        if file.is_dir() or file.suffix == ".parquet":
            part = stored(file, columns=COLUMNS)
        else:
            reading = read_trade_flows(file, columns=columns)
            part = keep(_batches(reading), folder / f"flows-{number}.parquet", schema=SCHEMA)
            tell_rejects(reading.rejects, file.name, words, many=reading.rejected)
            if kind and reading.unit_kind and reading.unit_kind != kind:
                raise InputError("expose.units", file=file.name, first=kind, second=reading.unit_kind)
            kind = kind or reading.unit_kind
            readings[file.name] = reading
            if not part.rows and reading.rejects:
                first = reading.rejects[0]
                raise InputError("expose.rejected", file=file.name, line=first.line, reason=first.reason)
        paths += part.paths
        rows += part.rows
    return Stored(tuple(paths), COLUMNS, rows), readings


def _batches(reading: TradeReading) -> Iterator[Any]:
    yield from reading


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
