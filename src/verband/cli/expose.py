"""`verband expose`: what fails when this fails, and on whom we depend."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from verband.cli.expose_kept import keep_options, kept_in
from verband.cli.shell import guarded, json_option
from verband.language.words import closest, composed

_DEFAULT = "cascade"
_HELP = ("-h", "--help")
_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Parts(click.Group):
    """A group whose first part is meant where none is named: `verband expose --fail NODE FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else _HELP[0]
        if first not in self.commands and first not in _HELP:
            nearest = closest(first, self.commands)
            if nearest and not first.startswith("-") and not Path(first).exists() and "." not in first:
                ctx.fail(f"There is no '{first}' to expose. Did you mean '{nearest}'?")
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


def _run_options(command: _Command) -> _Command:
    """What every run over failures takes: horizon, draws, seed."""
    for option in (
        click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same intervals."),
        click.option(
            "--draws",
            type=click.IntRange(1, 100_000),
            default=1_000,
            show_default=True,
            help="How often buffers are drawn.",
        ),
        click.option("--horizon", type=float, default=72.0, show_default=True, help="Hours that are looked at."),
        click.option(
            "--fail",
            "failed",
            multiple=True,
            metavar="NODE",
            callback=lambda context, option, names: tuple(map(composed, names)),
            help="What fails at hour 0; may be repeated.",
        ),
    ):
        command = option(command)
    return command


def _rows_option(default: int) -> Callable[[_Command], _Command]:
    return click.option(
        "--rows", type=click.IntRange(1), default=default, show_default=True, help="Rows to print; JSON has them all."
    )


_year_option = click.option(
    "--year", type=int, default=None, help="With --keep: the year that the table is about, as its source says."
)


@click.group("expose", cls=_Parts)
def command() -> None:
    """What fails when this fails, and on whom do we depend?

    Without a part it is `cascade`. These read files and no workspace; only --keep keeps what was computed in one.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.workbench.settings")


@command.command("cascade")
@click.argument("file", type=click.Path(path_type=Path))
@_run_options
@_rows_option(20)
@json_option
@guarded
def cascade(
    file: Path, failed: tuple[str, ...], horizon: float, draws: int, seed: int, rows: int, as_json: bool
) -> None:
    """Cascades and criticality in a csv of nodes and what they need.

    With --fail: what falls with these nodes, when, and by the loss of what. Without: what each node's failure costs, in
    class-weighted process-hours, with a 5-95 % interval.
    """
    from verband.cli import expose_cascade

    expose_cascade.show(file, failed, horizon_h=horizon, draws=draws, seed=seed, rows=rows, as_json=as_json)


@command.command("grid")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--processes",
    type=click.Path(path_type=Path),
    default=None,
    help="A csv of processes and the buses that they stand on. Default: the Dutch vital processes that come along.",
)
@_run_options
@_rows_option(10)
@click.option(
    "--report", type=click.Path(path_type=Path), default=None, help="Write a report: .pdf, .html, .docx or .json."
)
@click.option("--language", type=click.Choice(["nl", "en"]), default=None, help="Default: from LANG, else en.")
@click.option(
    "--tlp",
    type=click.Choice(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]),
    default=None,
    help="The marking of the report. Default: CLEAR for what comes along, AMBER with --processes.",
)
@json_option
@guarded
def grid(
    folder: Path,
    processes: Path | None,
    failed: tuple[str, ...],
    horizon: float,
    draws: int,
    seed: int,
    rows: int,
    report: Path | None,
    language: str | None,
    tlp: str | None,
    as_json: bool,
) -> None:
    """The most critical buses of a transmission grid, for the processes that stand on it.

    A bus is up while a path leads to a generator or an import link; flows and limits are not modelled.
    --fail takes a bus ('bus 4687'), a branch by its name in the grid ('line 9316') or a process.
    """
    from verband.cli import expose_grid

    expose_grid.show(
        folder,
        processes,
        failed,
        horizon_h=horizon,
        draws=draws,
        seed=seed,
        rows=rows,
        report=report,
        language=language,
        tlp=tlp,
        as_json=as_json,
    )


@command.command("materials")
@click.argument("path", type=click.Path(path_type=Path))
@_rows_option(20)
@keep_options
@_year_option
@click.option(
    "--scope",
    type=click.Choice(["world", "eu"]),
    default="world",
    show_default=True,
    help="With --keep: whose supply the shares are of.",
)
@json_option
@guarded
def materials(
    path: Path,
    rows: int,
    keep: bool,
    source: str,
    tlp: str,
    workspace: Path,
    year: int | None,
    scope: str,
    as_json: bool,
) -> None:
    """How concentrated the supply of each raw material is, from a csv of supply shares or a folder with such files.

    This is not supply risk.
    """
    from verband.cli import expose_supply

    kept = kept_in(workspace, keep=keep, source=source, tlp=tlp)
    expose_supply.materials(path, rows=rows, kept=kept, year=year, scope=scope, as_json=as_json)


@command.command("sector")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--country", required=True, help="The country of the sector, as the table writes it.")
@click.option("--industry", required=True, help="The industry, as the table writes it.")
@click.option("--share", required=True, help="The part of its output that falls away: 0.1 or 10%.")
@click.option(
    "--side",
    type=click.Choice(["demand", "supply"]),
    default="demand",
    show_default=True,
    help="Whether buyers stop buying it, or it cannot make it.",
)
@_rows_option(20)
@keep_options
@_year_option
@click.option("--unit", default="", help="With --keep: what the money of the table is in, as its source says.")
@json_option
@guarded
def sector(
    file: Path,
    country: str,
    industry: str,
    share: str,
    side: Any,
    rows: int,
    keep: bool,
    source: str,
    tlp: str,
    workspace: Path,
    year: int | None,
    unit: str,
    as_json: bool,
) -> None:
    """A shock to one sector of one country, through a world input-output table (npz)."""
    from verband.cli import expose_supply

    kept = kept_in(workspace, keep=keep, source=source, tlp=tlp)
    expose_supply.sector(
        file, country, industry, share, side=side, rows=rows, kept=kept, year=year, unit=unit, as_json=as_json
    )


@command.command("trade")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--members", required=True, help="The countries of the bloc as the files write them, with commas.")
@click.option("--columns", default="", help="What the files call their columns: 'year=t,exporter=i'.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What reads the flows; the result is the same. Spark needs Java.",
)
@_rows_option(20)
@keep_options
@json_option
@guarded
def trade(
    files: tuple[Path, ...],
    members: str,
    columns: str,
    engine: str,
    rows: int,
    keep: bool,
    source: str,
    tlp: str,
    workspace: Path,
    as_json: bool,
) -> None:
    """Dependence on imports for each product and year, from csv or Parquet of trade flows.

    With --keep each year becomes an edition of the workspace: figures and shares for each product, never the flows.
    """
    from verband.cli import expose_trade

    kept = kept_in(workspace, keep=keep, source=source, tlp=tlp)
    expose_trade.show(files, members, columns, engine=engine, rows=rows, kept=kept, as_json=as_json)
