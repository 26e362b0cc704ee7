"""Editions of a scenario: what it came to, frozen with its digest, and how the next one differs (R005)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Ceiling, Marking
from verband.language.records import json_bytes
from verband.methods.weighing import Box
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import Fixing, Scenario
from verband.rooms.risk.scenarios import assessing, describing
from verband.rooms.risk.scenarios.assessing import Risk
from verband.rooms.risk.scenarios.describing import POWER, ScenarioView, said

STATES = ("drafted", "scored", "challenged", "fixed")


@dataclass(frozen=True)
class Edition:
    """One edition, as it was fixed."""

    number: int
    content: Mapping[str, Any]
    sha256: str
    reason: str
    fixed_by: str
    fixed_at: int
    marking: Marking

    @property
    def impact(self) -> list[float | None]:
        """5 %, median and 95 % of its impact under the usual base."""
        return list(self.content["impact"][str(self.content["base"])])

    @property
    def likelihood(self) -> list[float | None]:
        """5 %, median and 95 % of its chance; three times None where nobody judged it."""
        return list(self.content["likelihood"])


@dataclass(frozen=True)
class Difference:
    """What changed from one edition (or None) to another (None: as it stands now)."""

    first: int | None
    last: int | None
    rows: tuple[Mapping[str, Any], ...]


def fix(key: str, *, reason: str, who: Reader, now: datetime) -> Edition:
    """Freeze what the scenario comes to now as its next edition.

    Raises InputError("scenario.not_scored"), ("scenario.not_challenged"), ("scenario.unchanged") where the newest
    edition says the same, ("scenario.empty") without a reason, RefusedError("people.no_power").
    """
    demand(who, POWER)
    row = describing.stored(key, who)
    reason = said("reason", reason)
    view = describing.scenario(key, who, now=now)
    found = assessing.risk(view, who)
    if found is None:
        raise InputError("scenario.not_scored")
    if missing(view, who):
        raise InputError("scenario.not_challenged")
    content = content_of(view, found)
    digest = hashlib.sha256(json_bytes(content)).hexdigest()
    with transaction.atomic():
        newest = Scenario.objects.select_for_update().get(pk=row.pk).fixings.first()
        if newest is not None and newest.sha256 == digest:
            raise InputError("scenario.unchanged", number=newest.number)
        made = Fixing.objects.create(
            scenario=row,
            number=row.fixings.count() + 1,
            content=content,
            sha256=digest,
            reason=reason,
            fixed_by=who.signature,
            fixed_at=int(now.timestamp()),
            marking=picture.marking_row(view.marking),
        )
        detail = {"edition": made.number, "sha256": made.sha256}
        audit.note("scenario fixed", actor=who.signature, object=f"scenario {key}", detail=detail)
    return _edition(made)


def missing(view: ScenarioView, who: Reader) -> list[str]:
    """What it lacks before it can be fixed: `not_scored`, `not_challenged`, both or none."""
    lacking = [] if assessing.risk(view, who) else ["not_scored"]
    open_ones = [one for one in view.challenges if one.withdrawn_at is None and one.answered_at is None]
    return lacking if view.challenged and not open_ones else [*lacking, "not_challenged"]


def state(view: ScenarioView, who: Reader, *, known_on: int | None = None) -> str:
    """How far it is: drafted, scored, challenged, fixed (R005)."""
    if editions(view, who, known_on=known_on):
        return "fixed"
    if assessing.risk(view, who, known_on=known_on) is None:
        return "drafted"
    return "challenged" if view.challenged else "scored"


def editions(view: ScenarioView, who: Reader, *, known_on: int | None = None) -> list[Edition]:
    """The editions that the reader may see, newest first."""
    seen = picture.visible_markings(who.ceiling)
    rows = Fixing.objects.filter(scenario_id=view.id, marking_id__in=seen).select_related("marking")
    return [_edition(row) for row in rows if known_on is None or row.fixed_at <= known_on]


def trails(views: Sequence[ScenarioView], risks: Mapping[str, Risk], who: Reader) -> dict[str, Mapping[str, Any]]:
    """By key the newest edition that differs from what a scenario comes to now: where its line begins."""
    found = {}
    for view in views:
        if view.key in risks:
            now = _impact(risks[view.key].box)
            before = (one.content for one in editions(view, who))
            for content in before:
                if content["impact"][str(content["base"])] != now:
                    found[view.key] = content
                    break
    return found


def edition(view: ScenarioView, number: int, who: Reader) -> Edition:
    """One edition. Raises NotFoundError("scenario.no_edition")."""
    found = next((one for one in editions(view, who) if one.number == number), None)
    if found is None:
        raise NotFoundError("scenario.no_edition", number=number)
    return found


def is_sound(found: Edition) -> bool:
    """Whether the content is what the digest was taken of."""
    return hashlib.sha256(json_bytes(dict(found.content))).hexdigest() == found.sha256


def made_again(view: ScenarioView, found: Edition, who: Reader) -> bool | None:
    """Whether the same session, weighed again, gives the same bytes; None where nothing of it can be weighed.

    Under the marking of the edition: what is marked higher was no part of it.
    """
    moment = datetime.fromtimestamp(found.fixed_at, UTC)
    marking = found.marking
    ceiling = Ceiling(marking.tlp, marking.classification, marking.releasable_to or frozenset())
    under = replace(who, ceiling=ceiling)
    then = describing.scenario(view.key, under, now=moment, known_on=found.fixed_at)
    again = assessing.risk(then, under, known_on=found.fixed_at)
    if again is None:
        return None
    content = content_of(then, again)
    return hashlib.sha256(json_bytes(content)).hexdigest() == found.sha256


def content_of(view: ScenarioView, found: Risk) -> dict[str, Any]:
    """What an edition holds: with no clock, name of an account, or number of a row."""
    return {
        "scenario": view.key,
        "title": {"nl": view.title_nl, "en": view.title_en},
        "text": view.text,
        "theme": view.theme,
        "interests": list(view.interests),
        "method": [view.method.name, view.method.version, view.profile],
        "session": found.session,
        "basis": found.basis,
        "experts": found.experts,
        "base": found.base,
        "impact": {str(base): _impact(one) for base, one in found.weighed.boxes.items()},
        "impact_of_experts": _impact(found.of_experts.boxes[found.base]),
        "likelihood": _rounded(found.box.chance_low, found.box.chance_median, found.box.chance_high),
        "missing": list(found.missing),
        "parts": [
            {"criterion": part.criterion, "classes": _shares(part.classes), "weight": part.weight}
            for part in found.weighed.impacts[found.base].parts
        ],
        "evidence": [
            {"kind": link.kind, "ref": link.ref, "text": link.text, "valid_until": link.valid_until.isoformat()}
            for link in view.standing_links
        ],
        "unverified": [cell.place for cell in found.weighed.unverified],
        "dissents": found.dissents,
    }


def difference(
    view: ScenarioView,
    every: Sequence[Edition],
    first: int | None,
    last: int | None,
    who: Reader,
    *,
    known_on: int | None = None,
) -> Difference:
    """What changed from `first` (by default the newest edition) to `last` (None: as it stands now)."""
    by = {one.number: one.content for one in every}
    if first is None and every:
        first = every[0].number
    before = by.get(first) if first is not None else None
    now = by.get(last) if last is not None else None
    if now is None:
        last = None
        found = assessing.risk(view, who, known_on=known_on)
        now = content_of(view, found) if found else None
    if before is None or now is None:
        return Difference(first, last, ())
    return Difference(first, last, tuple(_rows(before, now)))


def _rows(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    out = []
    for name in ("title", "text", "theme", "interests", "method", "impact", "likelihood", "missing", "evidence"):
        if before[name] != now[name]:
            out.append({"what": name, "before": before[name], "now": now[name]})
    was = {part["criterion"]: part["classes"] for part in before["parts"]}
    for part in now["parts"]:
        if was.get(part["criterion"]) != part["classes"]:
            out.append({"what": part["criterion"], "before": was.get(part["criterion"], {}), "now": part["classes"]})
    return out


def _edition(row: Fixing) -> Edition:
    return Edition(row.number, row.content, row.sha256, row.reason, row.fixed_by, row.fixed_at, row.marking.value())


def _impact(one: Box) -> list[float | None]:
    return _rounded(one.impact_low, one.impact_median, one.impact_high)


def _rounded(*values: float | None) -> list[float | None]:
    return [None if value is None else round(value, 9) for value in values]


def _shares(classes: Mapping[str, float]) -> dict[str, float]:
    return {key: round(share, 9) for key, share in classes.items()}
