"""Outages that were saved: kept as they were computed, and held against the network as it is now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.words import fold
from verband.methods.depending.cascades import VERSION, Blast
from verband.rooms.exposure import analysing, figures, keeping, words
from verband.rooms.exposure.network import NodeView, network
from verband.rooms.exposure.outage_models import Outage
from verband.rooms.people.services import Reader, demand

REGISTER = "outages"
NAME, SOURCE, TEXT = 200, 400, 20_000
_LETTERS = 60
_TOLD = 200


@dataclass(frozen=True)
class Fallen:
    """A node that failed then: when, since when its supply was lost, and by whose absence. Names as they were then."""

    key: str
    name_nl: str
    name_en: str
    kind: str
    grade: str
    owner: str
    fails_at_h: float
    supply_lost_at_h: float
    missing: tuple[tuple[str, str, str], ...]
    source: str

    def name(self, language: str) -> str:
        """The name in `nl` or `en`."""
        return self.name_nl if language == "nl" else self.name_en

    def missing_names(self, language: str) -> str:
        """Which members were down; empty for what was chosen."""
        return ", ".join(nl if language == "nl" else en for _key, nl, en in self.missing)


@dataclass(frozen=True)
class OutageView:
    """A saved outage as it was computed then. Hours are class-weighted process-hours, with 5-95 % of the draws."""

    row: Outage
    fallen: tuple[Fallen, ...]
    marking: Marking

    @property
    def key(self) -> str:
        """Its name in the address."""
        return self.row.key

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took it back."""
        return self.row.withdrawn_at is not None

    def picked(self, language: str) -> str:
        """What fails at hour 0, in words."""
        return "; ".join(one.name(language) for one in self.fallen if one.key in self.row.picks)


@dataclass(frozen=True)
class Compared:
    """When a node failed then and fails now; None where it does not fail within the hours."""

    key: str
    name: str
    then_h: float | None
    now_h: float | None


@dataclass(frozen=True)
class Now:
    """What the same would come to on the network that the reader sees now. `gone` are picks that he no longer finds."""

    gone: tuple[str, ...]
    changed: bool
    blast: Blast | None
    rows: tuple[Compared, ...]


def save(
    picks: Sequence[str],
    *,
    horizon_h: float,
    name: str,
    text: str,
    source: str,
    marking: str,
    language: str,
    who: Reader,
    now: datetime,
) -> OutageView:
    """Compute and keep an outage in a person's name; its marking is at least that of all that it is made from.

    `language` is that of the text (nl, en).

    Raises RefusedError("people.no_power"), InputError("exposure.empty") and ("exposure.long") with the field,
    ("exposure.saved") where he saved the same at that moment, NotFoundError("exposure.no_node"), what `keeping.keep`
    raises.
    """
    demand(who, keeping.POWER)
    if not picks:
        raise InputError("exposure.empty", field="fail")
    fields: dict[str, Any] = {
        field: _said(field, said, most)
        for field, said, most in (("name", name, NAME), ("text", text, TEXT), ("source", source, SOURCE))
    }
    found = network(who)
    part, blast = found.part(picks), analysing.cascade(found, picks, horizon_h=horizon_h)
    key = key_of(fields["name"], picks, signature=who.signature, now=now)
    if Outage._default_manager.filter(key=key).exists():
        raise InputError("exposure.saved", field="name", name=fields["name"])
    fields |= {
        "key": key,
        "language": language,
        "picks": sorted(set(picks)),
        "horizon_h": horizon_h,
        "result": [_row(row) for row in figures.cascade_rows(blast, part)],
        "lost_h": blast.lost_h,
        "low_h": blast.low_h,
        "high_h": blast.high_h,
        "digest": part.digest,
        "method_version": blast.version,
    }
    made = keeping.keep(
        Outage, register=REGISTER, fields=fields, marking=marking, rests_on=part.markings, who=who, now=now
    )
    return _view(made)


def outages(who: Reader, *, known_on: int | None = None) -> list[OutageView]:
    """Saved outages that the reader may see, newest first; withdrawn ones last."""
    views = [_view(row) for row in keeping.rows(Outage, who, known_on=known_on)]
    return sorted(views, key=lambda view: (view.withdrawn, -view.row.kept_at))


def outage(key: str, who: Reader, *, known_on: int | None = None) -> OutageView:
    """One. Raises NotFoundError("exposure.no_outage") alike where there is none and where it may not be seen."""
    for row in keeping.rows(Outage, who, known_on=known_on):
        if row.key == key:
            return _view(row)
    raise NotFoundError("exposure.no_outage", key=key)


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> OutageView:
    """Take one back, with a reason. Raises as `outage` and `keeping.withdraw`."""
    demand(who, keeping.POWER)
    number = str(outage(key, who).row.pk)
    return _view(keeping.withdraw(Outage, number, register=REGISTER, reason=reason, who=who, now=now))


def compared(view: OutageView, who: Reader, language: str, *, known_on: int | None = None) -> Now:
    """The same picks on the network that the reader sees: whether it changed since, and what fails now."""
    found = network(who, known_on=known_on)
    gone = tuple(one.name(language) for one in view.fallen if one.key in view.row.picks and one.key not in found.nodes)
    if gone:
        return Now(gone, True, None, ())
    part = found.part(view.row.picks)
    blast = analysing.cascade(found, view.row.picks, horizon_h=view.row.horizon_h)
    changed = part.digest != view.row.digest or view.row.method_version != VERSION
    then = {one.key: one.fails_at_h for one in view.fallen}
    names = {one.key: one.name(language) for one in view.fallen}
    today = {step.name: step.time_h for step in blast.cascade.steps()}
    names |= {key: part.nodes[key].name(language) for key in today}
    order = sorted(names, key=lambda key: (min(then.get(key, 1e9), today.get(key, 1e9)), key))
    rows = tuple(Compared(key, names[key], then.get(key), today.get(key)) for key in order)
    return Now((), changed, blast, rows)


def told(view: OutageView, language: str) -> str:
    """The cascade line by line in words, as evidence elsewhere: when, what, its class, because of what, the source."""
    hours = words.hours
    lines = [
        _(
            "Within %(hours)s hours, by method version %(version)s; "
            "class-weighted process-hours lost: %(lost)s (%(low)s – %(high)s)."
        )
        % {
            "hours": hours(view.row.horizon_h),
            "version": view.row.method_version,
            "lost": hours(view.row.lost_h),
            "low": hours(view.row.low_h),
            "high": hours(view.row.high_h),
        }
    ]
    for one in view.fallen[:_TOLD]:
        of = f" ({one.grade})" if one.grade else ""
        why = one.missing_names(language)
        because = _("because these were down: %(names)s") % {"names": why} if why else _("chosen")
        lines.append(
            "; ".join(filter(None, (f"{hours(one.fails_at_h)} h: {one.name(language)}{of}", because, one.source)))
        )
    if len(view.fallen) > _TOLD:
        lines.append(_("and %(n)s more that fail") % {"n": len(view.fallen) - _TOLD})
    return "\n".join(lines)


def key_of(name: str, picks: Sequence[str], *, signature: str, now: datetime) -> str:
    """The name in the address: the words of the name, and letters that no other outage has."""
    told = "\n".join([name, *sorted(set(picks)), signature, str(int(now.timestamp()))])
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_LETTERS].strip("-") or "outage"
    return f"{slug}-{sha256(told.encode()).hexdigest()[:8]}"


def _said(field: str, said: str, most: int) -> str:
    text = said.strip()
    if not text:
        raise InputError("exposure.empty", field=field)
    if len(text) > most:
        raise InputError("exposure.long", field=field, found=len(text), most=most)
    return text


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    node: NodeView = row["node"]
    return {
        "key": node.key,
        "name_nl": node.name_nl,
        "name_en": node.name_en,
        "kind": node.kind,
        "grade": node.grade,
        "owner": node.owner,
        "fails_at_h": row["time_h"],
        "supply_lost_at_h": row["supply_lost_h"],
        "missing": [[one.key, one.name_nl, one.name_en] for one in row["missing"]],
        "source": row["requirement"].source if row["requirement"] else "",
    }


def _view(row: Outage) -> OutageView:
    fallen = tuple(Fallen(**{**one, "missing": tuple(tuple(names) for names in one["missing"])}) for one in row.result)
    return OutageView(row, fallen, row.marking.value())
