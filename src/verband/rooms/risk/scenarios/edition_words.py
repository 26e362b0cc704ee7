"""What an edition holds and what changed between two, in the words of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.decimals import figure
from verband.language.errors import InputError
from verband.rooms.risk.scenarios import method_words
from verband.rooms.risk.scenarios.describing import ScenarioView

_NOT_SHOWN = ("scenario", "parts", "base")


@dataclass(frozen=True)
class Row:
    """One part of an edition: what it is called, what it says line by line, and the language where that is the text."""

    what: str
    said: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class Change:
    """One part that differs: what it is called, and what it said line by line before and after."""

    what: str
    before: tuple[str, ...]
    now: tuple[str, ...]


def rows(content: Mapping[str, Any], view: ScenarioView, language: str) -> list[Row]:
    """Everything that the edition holds, each criterion a row of its own."""
    told = [
        Row(_label(name), _said(name, value, view, language), view.language if name == "text" else "")
        for name, value in content.items()
        if name not in _NOT_SHOWN
    ]
    weight = _("weight %(weight)s")
    return told + [
        Row(
            _criterion(part["criterion"], view, language),
            (
                *_classes(part["classes"], language),
                weight % {"weight": figure(part["weight"], language, digits=3)},
            ),
        )
        for part in content["parts"]
    ]


def changes(found: Sequence[Mapping[str, Any]], view: ScenarioView, language: str) -> list[Change]:
    """The rows of a difference in words."""
    return [
        Change(
            _label(row["what"]) or _criterion(row["what"], view, language),
            _said(row["what"], row["before"], view, language),
            _said(row["what"], row["now"], view, language),
        )
        for row in found
    ]


def _label(name: str) -> str:
    return {
        "title": _("Title"),
        "text": _("Description"),
        "theme": _("Theme"),
        "interests": _("Interests"),
        "method": _("Method"),
        "session": _("Session"),
        "basis": _("Basis"),
        "experts": _("Experts"),
        "impact": _("Impact"),
        "impact_of_experts": _("Impact, of the experts as they stood"),
        "likelihood": _("Chance"),
        "missing": _("Not judged"),
        "evidence": _("What it rests on"),
        "unverified": _("Parts of the method not verified"),
        "dissents": _("Dissents"),
    }.get(name, "")


def _said(name: str, value: Any, view: ScenarioView, language: str) -> tuple[str, ...]:
    if name == "title":
        return (str(value[language]),)
    if name == "theme":
        return (_entry("themes", value, language),)
    if name == "interests":
        return tuple(_entry("interests", key, language) for key in value)
    if name == "method":
        return (" ".join(str(part) for part in value),)
    if name == "basis":
        return (_("as the session agreed") if value == "agreed" else _("as the experts stood"),)
    if name == "impact":
        counts = _("each class counts %(base)s times the one below: %(range)s")
        return tuple(counts % {"base": base, "range": _range(three, language)} for base, three in value.items())
    if name == "impact_of_experts":
        return (_range(value, language),)
    if name == "likelihood":
        return (_range(value, language, of=100, unit=" %"),)
    if name == "missing":
        return tuple(_criterion(key, view, language) for key in value) or (_("nothing"),)
    if name == "evidence":
        return tuple(_evidence(link) for link in value) or (_("nothing"),)
    if name == "unverified":
        cells = {cell.place: cell.label(language) for cell in view.method.cells()}
        return tuple(cells.get(place, place) for place in value) or (_("nothing"),)
    if isinstance(value, Mapping):
        return _classes(value, language)
    return (str(value),)


def _entry(name: str, key: str, language: str) -> str:
    found = catalogue(name).find(key)
    return found.label(language) if found else key


def _criterion(key: str, view: ScenarioView, language: str) -> str:
    try:
        return method_words.name(view.method, key, language)
    except InputError:
        return key


def _range(three: Sequence[float | None], language: str, *, of: float = 1.0, unit: str = "") -> str:
    low, middle, high = (None if one is None else figure(of * one, language, digits=3) + unit for one in three)
    if low is None:
        return _("unknown")
    return f"{low} – {high}" if middle is None else f"{middle} ({low} – {high})"


def _classes(shares: Mapping[str, float], language: str) -> tuple[str, ...]:
    return tuple(f"{key}: {figure(100 * share, language, digits=3)} %" for key, share in shares.items())


def _evidence(link: Mapping[str, Any]) -> str:
    kinds = {
        "campaign": _("campaign"),
        "incident": _("incident"),
        "statement": _("statement"),
        "measure": _("measure"),
        "dependency": _("dependency"),
    }
    until = _("valid until %(day)s") % {"day": date_format(date.fromisoformat(link["valid_until"]))}
    named = " ".join(filter(None, (link["ref"], link["text"])))
    return f"{kinds.get(link['kind'], link['kind'])}: {named} ({until})"
