"""The register of strategic dependencies: identified, judged, mitigated, what remains; each step a row by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.words import closest
from verband.rooms.exposure import columns, keeping, models
from verband.rooms.exposure.columns import Column
from verband.rooms.exposure.dependence.models import Dependency, Judgement, Mitigation, Residual, Tie
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader, demand

KINDS = ("product", "material", "service", "technology")
VERDICTS = ("risky", "not_risky")
SUBSTITUTABILITY = ("at_once", "within_a_year", "later", "hardly", "unknown")
DIRECTIONS = ("protect", "promote", "partner")
#: Market advantage may be named beside another ground, never alone (P10).
GROUNDS = ("national_security", "vital_process", "other_public_interest", "market_advantage")
MARKET = "market_advantage"
ACCEPTED = ("accepted", "not_accepted")
#: How far a dependency is.
STATES = ("identified", "not_risky", "risky", "mitigated", "residual")

_SOURCE = Column("source", longest=400)


@dataclass(frozen=True)
class Step:
    """A kind of row by its address. `check` completes the values and gives the markings of what the row rests on."""

    key: str
    model: type[Kept]
    columns: tuple[Column, ...]
    check: Callable[[dict[str, Any], Reader, datetime], list[Marking]]


@dataclass(frozen=True)
class Trail:
    """A dependency with its rows, oldest first, withdrawn ones too, and how far it is."""

    row: Dependency
    judgements: tuple[Judgement, ...]
    mitigations: tuple[Mitigation, ...]
    residuals: tuple[Residual, ...]

    @property
    def judged(self) -> Judgement | None:
        """The newest judgement that stands."""
        return next((one for one in reversed(self.judgements) if one.withdrawn_at is None), None)

    @property
    def limited_by(self) -> tuple[Mitigation, ...]:
        """The mitigations that stand."""
        return tuple(one for one in self.mitigations if one.withdrawn_at is None)

    @property
    def remains(self) -> Residual | None:
        """The newest word on what remains that stands."""
        return next((one for one in reversed(self.residuals) if one.withdrawn_at is None), None)

    @property
    def state(self) -> str:
        """How far it is: the last step whose rows stand, each on the one before."""
        if self.judged is None:
            return "identified"
        if self.judged.verdict != "risky":
            return "not_risky"
        if not self.limited_by:
            return "risky"
        return "residual" if self.remains else "mitigated"

    @property
    def markings(self) -> list[Marking]:
        """Those of every row."""
        rows: list[Kept] = [self.row, *self.judgements, *self.mitigations, *self.residuals]
        return [one.marking.value() for one in rows]


def trails(who: Reader, *, known_on: int | None = None) -> list[Trail]:
    """Every dependency that stands and that the reader may see, in the order in which they were identified."""
    judgements = _by_dependency(Judgement, who, known_on)
    mitigations = _by_dependency(Mitigation, who, known_on)
    residuals = _by_dependency(Residual, who, known_on)
    return [
        Trail(
            row,
            tuple(judgements.get(row.key, ())),
            tuple(mitigations.get(row.key, ())),
            tuple(residuals.get(row.key, ())),
        )
        for row in keeping.standing(Dependency, who, known_on=known_on)
    ]


def trail(key: str, who: Reader, *, known_on: int | None = None) -> Trail:
    """One dependency. Raises NotFoundError("strategic.none") alike where it is not and where it may not be seen."""
    found = next((one for one in trails(who, known_on=known_on) if one.row.key == key), None)
    if found is None:
        raise NotFoundError("strategic.none")
    return found


def ties(item: str, who: Reader, *, known_on: int | None = None) -> list[Tie]:
    """The supplies that people linked to the item, standing ones."""
    return [row for row in keeping.standing(Tie, who, known_on=known_on) if row.item == item]


def add(step: str, cells: Mapping[str, str], *, who: Reader, now: datetime) -> Kept:
    """Keep a row of a step in a person's name, with its line in the log.

    Raises RefusedError("people.no_power"), NotFoundError("exposure.none") for another step, and with the field what
    `columns.read`, the step's check and `keeping.keep` raise.
    """
    demand(who, keeping.POWER)
    found = of(step)
    values = columns.read(found.columns, cells)
    rests_on = found.check(values, who, now)
    marking = cells.get("marking", "").strip()
    if not marking and not rests_on:
        raise InputError("exposure.empty", field="marking")
    return keeping.keep(
        found.model, register=found.key, fields=values, marking=marking, rests_on=rests_on, who=who, now=now
    )


def withdraw(step: str, number: str, *, reason: str, who: Reader, now: datetime) -> Kept:
    """Take a row of a step back, with a reason. Raises as `add` and `keeping.withdraw`."""
    found = of(step)
    return keeping.withdraw(found.model, number, register=found.key, reason=reason, who=who, now=now)


def of(step: str) -> Step:
    """The step of that name. Raises NotFoundError("exposure.none")."""
    if step not in _BY_KEY:
        raise NotFoundError("exposure.none")
    return _BY_KEY[step]


def steps() -> tuple[Step, ...]:
    """Every kind of row, in the order in which they follow on each other."""
    return tuple(_BY_KEY.values())


def _by_dependency(kind: Any, who: Reader, known_on: int | None) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in keeping.rows(kind, who, known_on=known_on):
        found.setdefault(row.dependency, []).append(row)
    return found


def _identified(row: dict[str, Any], who: Reader, now: datetime) -> list[Marking]:
    if Dependency._default_manager.filter(key=row["key"], withdrawn_at=None).exists():
        raise InputError("exposure.taken", field="key", key=row["key"])
    return []


def _judged(row: dict[str, Any], who: Reader, now: datetime) -> list[Marking]:
    found = trail(row["dependency"], who)
    if row["replaced_percent"] is not None and not 0 <= row["replaced_percent"] <= 100:
        raise InputError("strategic.percent", field="replaced_percent", value=row["replaced_percent"])
    low, stated, high = row["impact_low_days"], row["impact_days"], row["impact_high_days"]
    told = [value for value in (low, stated, high) if value is not None]
    if any(value < 0 for value in told) or told != sorted(told) or (stated is None and told):
        field = "impact_days" if stated is None else "impact_low_days" if low is not None else "impact_high_days"
        raise InputError("strategic.impact", field=field)
    return [found.row.marking.value()]


def _mitigated(row: dict[str, Any], who: Reader, now: datetime) -> list[Marking]:
    found = trail(row["dependency"], who)
    if found.judged is None or found.judged.verdict != "risky":
        raise InputError("strategic.not_risky", field="text")
    for ground in row["grounds"]:
        if ground not in GROUNDS:
            raise InputError("exposure.word", field="grounds", word=ground, known=", ".join(GROUNDS))
    if not set(row["grounds"]) - {MARKET}:
        raise InputError("strategic.grounds", field="grounds")
    if row["aimed_at"]:
        entry = catalogue("countries").find(row["aimed_at"])
        if entry is None:
            words = (word for one in catalogue("countries").entries for word in one.words())
            near = closest(row["aimed_at"], words) or ""
            raise InputError("exposure.country", field="aimed_at", country=row["aimed_at"], nearest=near)
        row["aimed_at"] = entry.key
        for field in ("why_aimed", "reviewer"):
            if not row[field]:
                raise InputError("strategic.aimed", field=field)
    _ahead(row, now)
    return [found.row.marking.value(), found.judged.marking.value()]


def _remains(row: dict[str, Any], who: Reader, now: datetime) -> list[Marking]:
    found = trail(row["dependency"], who)
    if not found.limited_by:
        raise InputError("strategic.not_mitigated", field="text")
    _ahead(row, now)
    return [found.row.marking.value(), *(one.marking.value() for one in found.limited_by)]


def _tied(row: dict[str, Any], who: Reader, now: datetime) -> list[Marking]:
    same = ("supplier", "process", "product")
    supply = next(
        (one for one in keeping.standing(models.Supply, who) if all(getattr(one, name) == row[name] for name in same)),
        None,
    )
    if supply is None:
        raise InputError("strategic.no_supply", field="product", process=row["process"], supplier=row["supplier"])
    if any(all(getattr(one, name) == row[name] for name in same) for one in ties(row["item"], who)):
        raise InputError("strategic.tied", field="product")
    return [supply.marking.value()]


def _ahead(row: Mapping[str, Any], now: datetime) -> None:
    if row["review_on"] < keeping.today(now, None):
        raise InputError("strategic.review", field="review_on", day=row["review_on"])


_OF = Column("dependency", "key", longest=80)
_BY_KEY = {
    step.key: step
    for step in (
        Step(
            "dependencies",
            Dependency,
            (
                Column("key", "key", longest=80),
                Column("name_nl", longest=200),
                Column("name_en", longest=200),
                Column("kind", "choice", words=KINDS),
                Column("item", "key", required=False, longest=120),
                Column("on_whom", longest=300),
                Column("for_whom", longest=300),
                Column("reason", "text"),
                _SOURCE,
            ),
            _identified,
        ),
        Step(
            "judgements",
            Judgement,
            (
                _OF,
                Column("verdict", "choice", words=VERDICTS),
                Column("reason", "text"),
                Column("substitutability", "choice", words=SUBSTITUTABILITY),
                Column("replaced_percent", "number", required=False),
                Column("impact_days", "number", required=False),
                Column("impact_low_days", "number", required=False),
                Column("impact_high_days", "number", required=False),
                _SOURCE,
            ),
            _judged,
        ),
        Step(
            "mitigations",
            Mitigation,
            (
                _OF,
                Column("text", "text"),
                Column("direction", "choice", words=DIRECTIONS),
                Column("measure", required=False, longest=40),
                Column("grounds", "keys", words=GROUNDS),
                Column("no_protectionism", "text"),
                Column("investment_climate", "text"),
                Column("milder", "text"),
                Column("aimed_at", required=False, longest=100),
                Column("why_aimed", "text", required=False),
                Column("reviewer", required=False, longest=200),
                Column("review_on", "day"),
                _SOURCE,
            ),
            _mitigated,
        ),
        Step(
            "residuals",
            Residual,
            (
                _OF,
                Column("text", "text"),
                Column("accepted", "choice", words=ACCEPTED),
                Column("review_on", "day"),
                _SOURCE,
            ),
            _remains,
        ),
        Step(
            "ties",
            Tie,
            (
                Column("item", "key", longest=120),
                Column("supplier", "key"),
                Column("process", "key"),
                Column("product", longest=200),
                Column("reason", "text"),
                _SOURCE,
            ),
            _tied,
        ),
    )
}
