"""Risk methods as versioned data files: `risk_method("anv")` gives the newest version of one.

A file is `NAME.VERSION.toml` in `data/risk_methods`, or in an installation's own folder, which wins where name and
version are the same. A new method, version or correction is a file, never code (P13). What is only recalled of a
method says `verified = false` in its own cell; the application shows that.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.risk_method_parts import (
    Band,
    Base,
    Cell,
    Criterion,
    Duration,
    Horizon,
    ImpactClass,
    Named,
    Profile,
    ReturnPeriod,
    RiskMethod,
    Scale,
)
from verband.language.words import closest

__all__ = [
    "Band",
    "Base",
    "Cell",
    "Criterion",
    "Duration",
    "Horizon",
    "ImpactClass",
    "Named",
    "Profile",
    "ReturnPeriod",
    "RiskMethod",
    "Scale",
    "names",
    "read",
    "risk_method",
    "versions",
]

BUILT_IN = Path(__file__).with_name("data") / "risk_methods"
_HEAD = ("name", "version", "nl", "en", "source", "verified", "review_date")
_Raw = Mapping[str, Any]


def risk_method(name: str, *, version: str | None = None, directory: Path | None = None) -> RiskMethod:
    """One risk method; without a version the newest that does not call itself `default = false`.

    `directory` holds an installation's own files, which win where name and version are the same; it is listed once
    per process. Raises InputError("risk_method.unknown"), ("risk_method.unknown_version"), or what `read` raises.
    """
    files = _files(directory).get(name)
    if files is None:
        known = names(directory=directory)
        raise InputError("risk_method.unknown", name=name, nearest=closest(name, known) or ", ".join(known))
    if version is None:
        newest_first = [files[known] for known in reversed(tuple(files))]
        return read(next((path for path in newest_first if _raw(path).get("default", True)), newest_first[0]))
    if version not in files:
        raise InputError("risk_method.unknown_version", version=version, name=name, known=", ".join(files))
    return read(files[version])


def names(*, directory: Path | None = None) -> tuple[str, ...]:
    """The risk methods there are, by name."""
    return tuple(_files(directory))


def versions(name: str, *, directory: Path | None = None) -> tuple[str, ...]:
    """The versions of one method, oldest first; none for an unknown name."""
    return tuple(_files(directory).get(name, {}))


@cache
def read(path: Path) -> RiskMethod:
    """The method in one file. Raises InputError("risk_method.unreadable") with the file and what is wrong in it."""
    raw = _raw(path)
    missing = [field for field in _HEAD if field not in raw]
    if missing or f"{raw.get('name')}.{raw.get('version')}" != path.stem:
        raise InputError("risk_method.unreadable", file=path.name, reason=", ".join(missing) or "name, version")
    try:
        method = _method(raw)
        _refuse_the_impossible(method)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise InputError("risk_method.unreadable", file=path.name, reason=reason) from error
    return method


def _method(raw: _Raw) -> RiskMethod:
    classes = tuple(
        ImpactClass(*_named(item, raw, f"class.{item['key']}"), rank=rank)
        for rank, item in enumerate(raw.get("class", []), start=1)
    )
    outside = raw.get("not_applicable")
    period = raw.get("return_period")
    back = _return_period(period, raw) if period else None
    criteria = tuple(_criterion(item, raw, tuple(one.key for one in classes)) for item in raw.get("criterion", []))
    return RiskMethod(
        name=raw["name"],
        version=raw["version"],
        nl=raw["nl"],
        en=raw["en"],
        source=raw["source"],
        review_date=str(raw["review_date"]),
        horizons=tuple(
            Horizon(*_named(item, raw, f"horizon.{item['key']}", "horizon"), years=float(item["years"]))
            for item in raw["horizon"]
        ),
        classes=classes,
        not_applicable=ImpactClass(*_named(outside, raw, "not_applicable"), rank=0) if outside else None,
        bands=tuple(_band(item, raw, back) for item in raw["band"]),
        criteria=criteria,
        bases=tuple(_base(item, raw) for item in raw.get("base", [])),
        profiles=tuple(_profile(item, raw, tuple(one.key for one in criteria)) for item in raw.get("profile", [])),
        return_period=back,
    )


def _cell(item: _Raw, raw: _Raw, place: str, nl: str, en: str) -> Cell:
    source, verified = item.get("source", raw["source"]), item.get("verified", raw["verified"])
    if not isinstance(source, str) or not source or not isinstance(verified, bool):
        raise ValueError(f"{place}: source, verified")
    return Cell(place, nl, en, source, verified)


#: What a cell is, before the words of the thing itself.
_KINDS = {
    "class": ("klasse {key}, {nl}", "class {key}, {en}"),
    "not_applicable": ("klasse {key}, {nl}", "class {key}, {en}"),
    "band": ("waarschijnlijkheid {key}, {nl}", "likelihood {key}, {en}"),
    "part": ("deel van een waarschijnlijkheidsklasse: {nl}", "part of a class of likelihood: {en}"),
    "horizon": ("termijn: {nl}", "horizon: {en}"),
    "criterion": ("criterium {key} {nl}", "criterion {key} {en}"),
    "profile": ("gewichten: {nl}", "weights: {en}"),
}


def _named(item: _Raw, raw: _Raw, place: str, kind: str = "") -> tuple[str, str, str, Cell]:
    key, nl, en = item["key"], item["nl"], item["en"]
    if not all(isinstance(word, str) and word for word in (key, nl, en)):
        raise ValueError(f"{place}: key, nl, en")
    said_nl, said_en = _KINDS[kind or place.partition(".")[0]]
    words = {"key": key, "nl": nl, "en": en}
    return key, nl, en, _cell(item, raw, place, said_nl.format(**words), said_en.format(**words))


def _return_period(item: _Raw, raw: _Raw) -> ReturnPeriod:
    cell = _cell(item, raw, "return_period", "herhalingstijd van een klasse", "return period of a class")
    return ReturnPeriod(float(item["years"]), float(item["at"]), float(item["per_class"]), cell)


def _base(item: _Raw, raw: _Raw) -> Base:
    value = item["value"]
    if not isinstance(value, int) or value < 2:
        raise ValueError(f"base {value}")
    nl, en = f"elke klasse telt {value} maal de vorige", f"each class counts {value} times the one below"
    return Base(value, _cell(item, raw, f"base.{value}", nl, en))


def _band(item: _Raw, raw: _Raw, back: ReturnPeriod | None) -> Band:
    key, nl, en, cell = _named(item, raw, f"band.{item['key']}")
    low, high = item.get("low"), item.get("high")
    if back and "class_from" in item:
        low, high = (-math.expm1(-1 / back.of(item[end])) for end in ("class_from", "class_to"))
    shut = item.get("closed", {})
    closed_low, closed_high = shut.get("low", low), shut.get("high", high)
    if closed_low is None or closed_high is None or not 0 < closed_low < closed_high <= 1:
        raise ValueError(f"band {key}: low, high, closed")
    words = (f"hoe het open einde van klasse {key} is gesloten", f"how the open end of class {key} was closed")
    assumed = (_cell(shut, raw, f"band.{key}.closed", *words),) if shut else ()
    parts = _parts(raw, Band(key, nl, en, cell, low, high, closed_low, closed_high, assumed))
    return Band(key, nl, en, cell, low, high, closed_low, closed_high, assumed, parts)


def _parts(raw: _Raw, band: Band) -> tuple[Band, ...]:
    """The parts of a class: equally wide in powers of ten between its closed ends."""
    cuts = raw.get("part", [])
    step = (band.closed_high / band.closed_low) ** (1 / max(1, len(cuts)))
    parts = []
    for at, item in enumerate(cuts):
        key, nl, en, cell = _named(item, raw, f"part.{item['key']}")
        low, high = band.closed_low * step**at, min(1.0, band.closed_low * step ** (at + 1))
        words = (f"{band.key}-{key}", f"{band.nl}, {nl}", f"{band.en}, {en}")
        parts.append(Band(*words, band.cell, low, high, low, high, (*band.assumed, cell)))
    return tuple(parts)


def _criterion(item: _Raw, raw: _Raw, classes: tuple[str, ...]) -> Criterion:
    key, nl, en, cell = _named(item, raw, f"criterion.{item['key']}")
    if catalogue("interests").find(item["interest"]) is None:
        raise ValueError(f"criterion {key}: interest {item['interest']}")
    shape = item.get("scale")
    words = (f"grenzen van criterium {key} {nl}", f"boundaries of criterion {key} {en}")
    unknown = Cell(f"criterion.{key}.scale", f"{words[0]}: niet bekend", f"{words[1]}: not known", cell.source, False)
    scale = _scale(shape, _cell(shape, raw, f"criterion.{key}.scale", *words), classes) if shape else None
    subs = tuple(Named(*_named(sub, raw, f"criterion.{sub['key']}")) for sub in item.get("sub", []))
    return Criterion(
        key,
        nl,
        en,
        cell,
        interest=item["interest"],
        measured_nl=item.get("measured_nl", ""),
        measured_en=item.get("measured_en", ""),
        scale=scale,
        scale_cell=scale.cell if scale else unknown,
        subs=subs,
    )


def _scale(shape: _Raw, cell: Cell, classes: tuple[str, ...]) -> Scale:
    bounds = tuple(float(bound) for bound in shape["bounds"])
    rows = tuple(
        Duration(float(row["from_days"]), row["nl"], row["en"], tuple(row["classes"])) for row in shape.get("rows", [])
    )
    wide = len(bounds) + 1
    if list(bounds) != sorted(set(bounds)) or shape["boundary"] not in ("above", "below"):
        raise ValueError(f"{cell.place}: bounds, boundary")
    if any(len(row.classes) != wide or not set(row.classes) <= set(classes) for row in rows):
        raise ValueError(f"{cell.place}: rows")
    if not rows and wide != len(classes):
        raise ValueError(f"{cell.place}: bounds")
    return Scale(
        unit_nl=shape["unit_nl"],
        unit_en=shape["unit_en"],
        bounds=bounds,
        on_boundary=shape["boundary"],
        classes=classes,
        rows=rows,
        late_lowers=int(shape.get("late_lowers", 0)),
        late_nl=shape.get("late_nl", ""),
        late_en=shape.get("late_en", ""),
        unit_euro=float(shape["unit_euro"]) if "unit_euro" in shape else None,
        cell=cell,
    )


def _profile(item: _Raw, raw: _Raw, criteria: tuple[str, ...]) -> Profile:
    weights = dict.fromkeys(criteria, float(item["equal"])) if "equal" in item else item["weights"]
    values = {key: float(weights[key]) for key in criteria}
    sound = all(math.isfinite(value) and value >= 0 for value in values.values())
    if set(weights) != set(criteria) or not sound or not sum(values.values()) > 0:
        raise ValueError(f"profile {item['key']}: weights")
    return Profile(*_named(item, raw, f"profile.{item['key']}"), weights=MappingProxyType(values))


def _refuse_the_impossible(method: RiskMethod) -> None:
    """Two things under one key, bands that overlap or do not rise, criteria without classes: ValueError."""
    keyed = {
        "class": [item.key for item in (*method.classes, *filter(None, [method.not_applicable]))],
        "band": [item.key for band in method.bands for item in (band, *band.parts)],
        "criterion": [item.key for one in method.criteria for item in (one, *one.subs)],
        "profile": [item.key for item in method.profiles],
        "horizon": [item.key for item in method.horizons],
    }
    twice = [name for name, keys in keyed.items() if len(set(keys)) != len(keys)]
    ends = [end for band in method.bands for end in (band.closed_low, band.closed_high)]
    if twice or ends != sorted(ends):
        raise ValueError(", ".join(twice) or "bands")
    if not method.bands or not method.horizons or (method.criteria and not (method.classes and method.bases)):
        raise ValueError("band, horizon, class, base")


@cache
def _files(directory: Path | None) -> Mapping[str, Mapping[str, Path]]:
    found: dict[str, dict[str, Path]] = {}
    for folder in (BUILT_IN, directory):
        for path in sorted(folder.glob("*.toml")) if folder else ():
            name, _, version = path.stem.partition(".")
            found.setdefault(name, {})[version] = path
    return {name: dict(sorted(found[name].items(), key=lambda item: _rank(item[0]))) for name in sorted(found)}


def _rank(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.split("."))


@cache
def _raw(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("risk_method.unreadable", file=path.name, reason=str(error)) from error
