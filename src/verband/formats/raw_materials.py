"""Raw materials: csv of supply shares and of uses, and the printed tables of a report as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import RawFile, look_at
from verband.formats.rejects import in_field, rejected
from verband.formats.table import Row, Table, open_table
from verband.language.errors import InputError
from verband.language.materials import BOTH, EU_ONLY, GLOBAL_ONLY, MaterialFigures, SupplyShare, UseShare
from verband.language.records import Reject, json_bytes
from verband.language.rounded import Rounded, rounded

T = TypeVar("T")

_SHARE = re.compile(r"([<>]?)\s*(\d+(?:\.\d+)?)\s*%")
_VALUE_ADDED = "VA in million"
#: No factor and no value added in millions is larger: figures of it would say nothing.
_MOST = 1e12
#: The signs of a euro as UTF-8, cp1252 read as such, and cp1252 read as latin-1 give it.
_EUROS = {"€", "\x80", "euro", "eur"}
_RESTS_ON = {"GS + EUS": BOTH, "GS only": GLOBAL_ONLY, "EUS only": EU_ONLY}
#: What a table of supply shares holds.
SHARE_COLUMNS = ("Material", "Stage", "Country", "Share", "t")


@dataclass(frozen=True)
class Rows(Generic[T]):
    """What a table gave, in its order, and the rows that could not be read with line, field and reason.

    `encoding`: how the text was read.
    """

    rows: tuple[T, ...]
    rejects: tuple[Reject, ...]
    encoding: str


def read_supply_shares(path: Path | str, *, encoding: str = "", limits: Limits = LIMITS) -> Rows[SupplyShare]:
    """A csv with Material, Stage, Country, Share (4%, 0.4%, <0.1%) and t; a share without its unit is a reject.

    Without `encoding` it is read as UTF-8, or where it is none as cp1252, as the public files are. Raises InputError
    for a file of which nothing can be read.
    """
    return _in_its_encoding(look_at(path, limits=limits), encoding, _supply_shares)


def read_use_shares(path: Path | str, *, encoding: str = "", limits: Limits = LIMITS) -> Rows[UseShare]:
    """A csv with Material, Application, Share, NACE sector and VA in million €.

    As `read_supply_shares`; raises also InputError("supply.value_unit") where value added is in another unit.
    """
    return _in_its_encoding(look_at(path, limits=limits), encoding, _use_shares)


def read_material_figures(path: Path | str, *, limits: Limits = LIMITS) -> tuple[MaterialFigures, ...]:
    """The tables `t3` and `t18` of the report of 2017 as JSON, in the order of `t3`.

    t3: stage, SR, EI (one decimal), IR, RIR (two) and which shares count; t18: SI_EI, SI_SR, HHI_GS, HHI_EU (one).
    Raises InputError("supply.report_tables") with the material and what is wrong with it.
    """
    file = look_at(path, limits=limits)
    try:
        raw = json.loads(file.read())
    except (ValueError, RecursionError) as error:
        raise InputError("supply.report_tables", file=file.name, place="JSON", reason=str(error)) from error
    if not isinstance(raw, Mapping) or not all(isinstance(raw.get(name), Mapping) for name in ("t3", "t18")):
        raise InputError("supply.report_tables", file=file.name, place="t3, t18", reason="missing")
    apart = sorted(set(raw["t3"]) ^ set(raw["t18"]))
    if apart:
        raise InputError("supply.report_tables", file=file.name, place=apart[0], reason="in one table only")
    found = []
    for name, row in raw["t3"].items():
        try:
            found.append(_figures(name, row, raw["t18"][name]))
        except (KeyError, TypeError, ValueError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise InputError("supply.report_tables", file=file.name, place=name, reason=reason) from error
    return tuple(found)


def printed_share(text: str) -> Rounded:
    """A printed percentage as a fraction with what its rounding allows: "4%" is .035 to .045.

    "<0.1%" is all from 0 to .001, ">0%" all that rounds to 0 in so many decimals; their value is the middle.
    Raises InputError("supply.share_unit") for a number without %, another unit, or no number.
    """
    found = _SHARE.fullmatch(text.strip())
    if found is None or not float(found[2]) <= 100:
        raise InputError("supply.share_unit", text=text)
    sign, number = found.groups()
    percent = rounded(number, least=0, most=100)
    if sign == "<":
        return Rounded(percent.value / 200, 0.0, percent.value / 100)
    if sign == ">":
        return Rounded((percent.value + percent.high) / 200, percent.value / 100, percent.high / 100)
    return Rounded(percent.value / 100, percent.low / 100, percent.high / 100)


def _in_its_encoding(file: RawFile, encoding: str, read: Callable[[Table], Rows[T]]) -> Rows[T]:
    try:
        return read(open_table(file, encoding=encoding))
    except InputError as error:
        if encoding or file.bom or error.code != "text.encoding":
            raise
        return read(open_table(file, encoding="cp1252"))


def _supply_shares(table: Table) -> Rows[SupplyShare]:
    table.require(SHARE_COLUMNS)
    return _rows(table, _supply_share)


def _use_shares(table: Table) -> Rows[UseShare]:
    value = next((name for name in table.columns if name.startswith(_VALUE_ADDED)), _VALUE_ADDED)
    table.require(("Material", "Application", "Share", "NACE sector", value))
    if value.removeprefix(_VALUE_ADDED).strip().lower() not in _EUROS:
        raise InputError("supply.value_unit", column=value, file=table.file.name)
    return _rows(table, lambda row: _use_share(row, value))


def _rows(table: Table, read: Callable[[Row], T]) -> Rows[T]:
    rows, rejects = [], []
    for row in table.rows():
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        try:
            rows.append(read(row))
        except InputError as error:
            text = json_bytes(row.cells).decode()
            rejects.append(rejected(row.line, error, key=row.text("Material"), text=text))
    table.file.check_unchanged()
    return Rows(tuple(rows), tuple(rejects), table.encoding)


def _supply_share(row: Row) -> SupplyShare:
    material, stage, country = (_filled(row, column) for column in ("Material", "Stage", "Country"))
    with in_field("Share"):
        share = printed_share(row.text("Share"))
    return SupplyShare(material, stage, country, share, _amount(row, "t"))


def _use_share(row: Row, value: str) -> UseShare:
    with in_field("Share"):
        share = printed_share(row.text("Share"))
    # "Other" uses name no sector, and then no value added.
    nowhere = not row.text("NACE sector") and not row.text(value)
    sector, added = ("", None) if nowhere else (_filled(row, "NACE sector"), _amount(row, value))
    return UseShare(_filled(row, "Material"), _filled(row, "Application"), share, sector, added)


def _filled(row: Row, column: str) -> str:
    text = row.text(column)
    if not text:
        raise InputError("supply.empty", column=column, field=column)
    return text


def _amount(row: Row, column: str) -> float:
    text = row.text(column)
    try:
        value = float(text)
    except ValueError as error:
        raise InputError("supply.number", text=text, reason="letters", field=column) from error
    if not 0 <= value <= _MOST:
        reason = "below 0" if value < 0 else f"above {_MOST:g}" if value > _MOST else "not a number"
        raise InputError("supply.number", text=text, reason=reason, field=column)
    return value


def _figures(name: str, row: Mapping[str, Any], more: Any) -> MaterialFigures:
    si_ei, si_sr, hhi_global, hhi_eu = more
    rests_on = _RESTS_ON.get(row["data"])
    if rests_on is None:
        raise ValueError(f"data is {row['data']!r}, not one of {', '.join(_RESTS_ON)}")

    def share(value: float, digits: int) -> Rounded:
        return rounded(value, digits=digits, least=0, most=1)

    def score(value: float | None) -> Rounded | None:
        return None if value is None else rounded(value, digits=1, least=0)

    return MaterialFigures(
        material=name,
        stage=row["stage"],
        rests_on=rests_on,
        hhi_global=score(hhi_global),
        hhi_eu=score(hhi_eu),
        import_reliance=None if row["IR"] is None else share(row["IR"], 2),
        recycling=share(row["RIR"], 2),
        si_sr=share(si_sr, 1),
        si_ei=share(si_ei, 1),
        supply_risk=rounded(row["SR"], digits=1, least=0),
        economic_importance=rounded(row["EI"], digits=1, least=0),
    )
