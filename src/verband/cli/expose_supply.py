"""What `verband expose materials` and `verband expose sector` print and keep."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from verband.cli.expose_kept import Kept
from verband.cli.shell import interface_language, plain, print_json, say
from verband.formats.raw_materials import SHARE_COLUMNS, Rows
from verband.formats.sector_tables import read_world_table
from verband.language.errors import InputError
from verband.language.materials import SupplyShare
from verband.language.records import Reject
from verband.language.rounded import Rounded
from verband.language.words import fold
from verband.methods.depending import supply
from verband.methods.depending.supply.shocks import Side
from verband.rooms.exposure.dependence.reading import share_table, supply_shares
from verband.rooms.reports.words import Words

_SHARE = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*(%?)")
#: Of so many rejects each is told.
_TOLD = 10
#: A header is looked for in so many bytes.
_LONGEST_HEAD = 10_000


_Tables = dict[str, tuple[Rows[SupplyShare], supply.DependencyTable]]


def materials(path: Path, *, rows: int, kept: Kept | None, year: int | None, scope: str, as_json: bool) -> None:
    """Print the dependency table of a file, or of every table of shares in a folder; keep one file where asked.

    A file of a folder that cannot be read is named on stderr, beside the tables of the others.

    Raises LocatedError where shares cannot be of one whole, InputError("expose.no_year"), ("expose.no_shares") for a
    folder without such a table, ("expose.one_file") where a folder is to be kept, and what reading raises.
    """
    words = Words(interface_language())
    if kept is not None and year is None:
        raise InputError("expose.no_year")
    if kept is not None and path.is_dir():
        raise InputError("expose.one_file", folder=path.name)
    every, unread = _every(path, words)
    if kept is not None and year is not None:
        from verband.rooms.exposure.dependence import editions

        (found, _) = every[path.name]
        edition = editions.keep_materials(
            found.rows,
            kept.said(),
            year=year,
            scope=scope,
            rejected=len(found.rejects),
            who=kept.who(),
            now=kept.now,
        )
        kept.tell(1, str(edition.year))
    if as_json:
        told = {name: _told(found, table) for name, (found, table) in every.items()}
        print_json({"files": told, "unread": unread} if path.is_dir() else told[path.name])
        return
    for name, (_, table) in every.items():
        if path.is_dir():
            click.echo(plain(f"{name}:"))
        _say(table, rows, words)


def _every(path: Path, words: Words) -> tuple[_Tables, dict[str, str]]:
    """The table of each file, and why a file of a folder could not be read, which is told on stderr.

    Each table is about its own file alone, so that one that is missing takes nothing from the others. Raises what
    reading raises where not one could be read, or the path is a file.
    """
    tables: _Tables = {}
    unread: dict[str, InputError] = {}
    for file in _share_files(path):
        try:
            tables[file.name] = _materials_of(file, words)
        except InputError as error:
            unread[file.name] = error
    if not tables:
        raise next(iter(unread.values()))
    for name, why in unread.items():
        reason = f"{why.message(words.language)} {why.hint(words.language)}"
        say(words("expose.unread", file=name, reason=reason))
    return tables, {name: str(why) for name, why in unread.items()}


def _share_files(path: Path) -> list[Path]:
    """The file itself, or the files of a folder whose header is that of supply shares, by name."""
    if not path.is_dir():
        return [path]
    found = [file for file in sorted(path.glob("*.csv")) if file.is_file() and _holds_shares(file)]
    if not found:
        raise InputError("expose.no_shares", folder=path.name, columns=", ".join(SHARE_COLUMNS))
    return found


def _holds_shares(file: Path) -> bool:
    with file.open("rb") as opened:
        head = opened.read(_LONGEST_HEAD)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").partition("\n")[0]
    cells = re.split(r"[,;\t]", text)
    return {fold(cell.strip().strip('"')) for cell in cells} >= {fold(name) for name in SHARE_COLUMNS}


def _materials_of(file: Path, words: Words) -> tuple[Rows[SupplyShare], supply.DependencyTable]:
    found = supply_shares(file)
    tell_rejects(found.rejects, file.name, words)
    return found, share_table(file, found)


def _told(found: Rows[SupplyShare], table: supply.DependencyTable) -> dict[str, Any]:
    return {
        "sentence": dict(table.sentence),
        "version": table.version,
        "coverage_least": table.coverage_least,
        "rows": [_material(row) for row in table.rows],
        "rejects": told_rejects(found.rejects),
    }


def _say(table: supply.DependencyTable, rows: int, words: Words) -> None:
    click.echo(words("expose.materials", n=len(table.rows), least=words.percent(table.coverage_least)))
    for row in table.rows[:rows]:
        click.echo(plain(_material_line(row, words)))
    low = sum(row.low_coverage for row in table.rows)
    if len(table.rows) > rows:
        click.echo(words("expose.more", n=len(table.rows) - rows))
    if low:
        click.echo(words("expose.low_coverage", n=low, least=words.percent(table.coverage_least)))
    click.echo(table.sentence[words.language])


def sector(
    file: Path,
    country: str,
    industry: str,
    share: str,
    *,
    side: Side,
    rows: int,
    kept: Kept | None,
    year: int | None,
    unit: str,
    as_json: bool,
) -> None:
    """Print what the shock does, and keep it where that is asked.

    Raises InputError("expose.share"), ("expose.no_year"), ("expose.no_unit") and what reading and computing raise.
    """
    words = Words(interface_language())
    if kept is not None and year is None:
        raise InputError("expose.no_year")
    if kept is not None and not unit.strip():
        raise InputError("expose.no_unit")
    arrays = read_world_table(file)
    table = supply.WorldTable(arrays.flows, arrays.output, arrays.countries, arrays.industries)
    say(words("expose.world", countries=len(table.countries), industries=len(table.industries), file=file.name))
    found = supply.sector_shock(table, supply.Shock(country, industry, share_of(share), side))
    if kept is not None and year is not None:
        from verband.rooms.exposure.dependence import editions

        editions.keep_sector(
            found, kept.said(), table=file.name, year=year, unit=unit.strip(), who=kept.who(), now=kept.now
        )
        kept.tell(1, f"{country} {industry}")
    if as_json:
        print_json(_sector(found))
        return
    shock = found.shock
    click.echo(
        plain(words(f"expose.shock_{shock.side}", country=country, industry=industry, share=words.percent(shock.share)))
    )
    click.echo(words("expose.shock_lost", lost=words.decimal(found.lost), error=f"{found.error:.1e}"))
    click.echo(words(f"expose.how_{found.how}", n=found.terms))
    for row in found.rows[:rows]:
        click.echo(plain(_sector_line(row, words)))
    if len(found.rows) > rows:
        click.echo(words("expose.more", n=len(found.rows) - rows))
    if any(row.clipped for row in found.rows):
        click.echo(words("expose.clipped", n=sum(row.clipped for row in found.rows)))
    click.echo(words(f"expose.limit_{shock.side}"))


def share_of(text: str) -> float:
    """The fraction that `0.1` or `10%` stands for; what is no share at all is left to the method.

    Raises InputError("expose.share") for another unit, or no number.
    """
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise InputError("expose.share", text=text)
    return float(found[1]) / (100 if found[2] else 1)


def tell_rejects(rejects: Sequence[Reject], file: str, words: Words, *, many: int | None = None) -> None:
    """On stderr: the first rows that could not be read, with their line, and how many more."""
    many = len(rejects) if many is None else many
    for reject in rejects[:_TOLD]:
        say(words("expose.reject", file=file, line=reject.line, field=reject.field or "-", reason=reject.reason))
    if many > _TOLD:
        say(words("expose.rejects_more", n=many - _TOLD))


def told_rejects(rejects: Sequence[Reject]) -> list[dict[str, Any]]:
    """The rows that could not be read, as JSON."""
    return [{"line": one.line, "field": one.field, "code": one.code, "reason": one.reason} for one in rejects]


def interval(value: Rounded) -> dict[str, float]:
    """A rounded figure as JSON."""
    return {"value": value.value, "low": value.low, "high": value.high}


def _material(row: supply.DependencyRow) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "material": row.material,
        "stage": row.stage,
        "hhi_t": interval(row.hhi_t),
        "top": row.top,
        "top_share": interval(row.top_share),
        "countries": row.countries,
        "coverage": interval(row.coverage),
        "low_coverage": row.low_coverage,
    }


def _material_line(row: supply.DependencyRow, words: Words) -> str:
    rank = "  -" if row.rank is None else f"{row.rank:>3}"
    value, low, high = (words.decimal(part, 2) for part in (row.hhi_t.value, row.hhi_t.low, row.hhi_t.high))
    return f"{rank}  " + words(
        "expose.material",
        material=row.material,
        stage=row.stage,
        hhi=f"{value} ({low} – {high})",
        top=words.listed(row.top),
        share=words.percent(row.top_share.value),
        coverage=words.percent(row.coverage.value),
    )


def _sector(found: supply.SectorShock) -> dict[str, Any]:
    shock = found.shock
    return {
        "shock": {"country": shock.country, "industry": shock.industry, "share": shock.share, "side": shock.side},
        "version": found.version,
        "lost": found.lost,
        "how": found.how,
        "terms": found.terms,
        "error": found.error,
        "by_country": [{"country": name, "lost": lost, "share": share} for name, lost, share in found.by_country],
        "sectors": [
            {
                "country": row.country,
                "industry": row.industry,
                "lost": row.lost,
                "share": row.share,
                "raw_share": row.raw_share,
                "clipped": row.clipped,
                "first": row.first,
            }
            for row in found.rows
        ],
    }


def _sector_line(row: supply.SectorShockRow, words: Words) -> str:
    return f"{words.decimal(row.lost):>12}  {words.percent(row.share):>7}  {row.country} {row.industry}"
