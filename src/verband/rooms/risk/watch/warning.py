"""Indicators and warnings: who may lawfully look, what each sign says, and a level that a rule and a person change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import LevelChange, Observation, WarningIndicator, WarningOutcome
from verband.rooms.risk.watch import keeping, persons
from verband.rooms.risk.watch.keeping import K
from verband.rooms.risk.watch.rule import LEVELS, Rule, proposed


@dataclass(frozen=True)
class IndicatorView:
    """An indicator on a day, with its observations (oldest first), confirmed levels and outcomes (newest first).

    `level` is what a person confirmed last, else `normal`; `proposes` what the rule asks for now.
    """

    row: WarningIndicator
    day: date
    observations: tuple[Observation, ...]
    changes: tuple[LevelChange, ...]
    outcomes: tuple[WarningOutcome, ...]

    @property
    def level(self) -> str:
        """The level that stands."""
        return self.changes[0].level if self.changes else LEVELS[0]

    @property
    def proposes(self) -> str:
        """The level that the rule proposes; the present one once the indicator has ended."""
        if self.expired:
            return self.level
        return proposed(self.level, [one.value for one in self.observations], rule_of(self.row))

    @property
    def expired(self) -> bool:
        """Whether its last day has passed."""
        return self.day > self.row.expires_on

    @property
    def looked_at(self) -> int | None:
        """When somebody last wrote down an observation, in seconds since 1970."""
        return max((one.kept_at for one in self.observations), default=None)

    @property
    def unlooked(self) -> bool:
        """Whether nobody looked within its period, or ever, while it runs."""
        if self.expired:
            return False
        last = self.looked_at if self.looked_at is not None else self.row.kept_at
        never = self.looked_at is None
        return never or self.day - keeping.day_of(last) > timedelta(days=self.row.look_days)

    @property
    def says_nothing(self) -> bool:
        """The validator: whether it is expected alike under every hypothesis, or was judged for fewer than two."""
        return says_nothing(self.row.expected)

    @property
    def marking(self) -> Marking:
        """Its marking."""
        marking: Marking = self.row.marking.value()
        return marking

    @property
    def misses(self) -> int:
        """How often something happened and it had not warned."""
        return self.count("miss")

    @property
    def false_alarms(self) -> int:
        """How often it warned and nothing happened."""
        return self.count("false_alarm")

    def count(self, outcome: str) -> int:
        """How often it ended so: `in_time`, `miss` or `false_alarm`."""
        return sum(one.outcome == outcome for one in self.outcomes)


def says_nothing(expected: Mapping[str, str]) -> bool:
    """Whether these expectations tell no hypothesis from another. A hypothesis without a word was not judged."""
    judged = [word for word in expected.values() if word]
    return len(judged) < 2 or len(set(judged)) == 1


def rule_of(row: WarningIndicator) -> Rule:
    """The rule of an indicator."""
    thresholds = (row.raised_at,) if row.high_at is None else (row.raised_at, row.high_at)
    return Rule(thresholds, row.margin, row.in_a_row, row.rising)


def set_up(values: Mapping[str, str], *, who: Reader, now: datetime) -> WarningIndicator:
    """Set an indicator; `values` has the names of its fields, and `expected-<hypothesis>` with a key of `consistency`.

    Raises InputError("watch.nobody_lawful") without an observer or ground, ("watch.thresholds"),
    ("watch.no_hysteresis"), ("watch.lawful") for lawful conduct as a sign, and what `keeping` and `persons` raise.
    """
    get = values.get
    texts = {name: keeping.filled(name, get(name, "")) for name in ("statement", "collectable", "unit")}
    for name in ("observer", "lawful_ground"):
        texts[name] = get(name, "").strip()
        if not texts[name]:
            raise InputError("watch.nobody_lawful", field=name)
    persons.refuse_lawful(who, statement=texts["statement"], collectable=texts["collectable"])
    persons.refuse_persons(who, observer=texts["observer"])
    theme = keeping.chosen("theme", get("theme", ""), "themes")
    fields: dict[str, object] = {**texts, "theme": theme, "expected": _expected(values), **_rule_fields(values)}
    fields["look_days"] = keeping.whole("look_days", get("look_days", ""), least=1)
    fields["expires_on"] = expires_on = keeping.day("expires_on", get("expires_on", ""))
    if expires_on < keeping.today(now):
        raise InputError("watch.order", field="expires_on", first=keeping.today(now))
    return keeping.keep(
        WarningIndicator,
        act="warning indicator set",
        about=f"risk {theme}",
        fields=fields,
        marking=get("marking", ""),
        who=who,
        now=now,
    )


def observe(number: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Observation:
    """Write down what was seen: `observed_on`, `value`, `seen`. Raises InputError("watch.expired"), ("watch.order")."""
    row = _running(number, who, now)
    seen = keeping.filled("seen", values.get("seen", ""))
    persons.refuse_lawful(who, seen=seen)
    observed_on = keeping.day("observed_on", values.get("observed_on", ""))
    if observed_on > keeping.today(now):
        raise InputError("watch.day", field="observed_on", day=observed_on)
    fields = {
        "indicator": row,
        "observed_on": observed_on,
        "value": keeping.number("value", values.get("value", "")),
        "seen": seen,
    }
    return _keep(Observation, "warning indicator looked at", row, fields, who, now)


def confirm(number: str, *, level: str, reason: str, who: Reader, now: datetime) -> LevelChange:
    """Confirm the level that the rule proposes; nobody can set another one, and the rule sets none by itself.

    Raises InputError("watch.not_proposed"), ("watch.expired"), ("watch.empty").
    """
    row = _running(number, who, now)
    view = indicator(number, who, now=now)
    if level != view.proposes or level == view.level:
        raise InputError("watch.not_proposed", field="reason", proposed=view.proposes, level=level)
    fields = {
        "indicator": row,
        "was": view.level,
        "level": level,
        "values": [one.value for one in view.observations][-row.in_a_row :],
        "reason": keeping.filled("reason", reason),
    }
    return _keep(LevelChange, "warning level confirmed", row, fields, who, now)


def judge_outcome(number: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> WarningOutcome:
    """Log what it did in hindsight: `outcome` (`warning_outcomes`), `happened_on`, `text`. Also after it ended."""
    row = keeping.find(WarningIndicator, number, who)
    text = keeping.filled("text", values.get("text", ""))
    persons.refuse_persons(who, text=text)
    fields = {
        "indicator": row,
        "outcome": keeping.chosen("outcome", values.get("outcome", ""), "warning_outcomes"),
        "happened_on": keeping.day("happened_on", values.get("happened_on", "")),
        "text": text,
    }
    return _keep(WarningOutcome, "warning outcome logged", row, fields, who, now)


def indicators(who: Reader, *, now: datetime, known_on: int | None = None) -> list[IndicatorView]:
    """The indicators that the reader may see, newest first."""
    day = keeping.today(now, known_on)
    seen = keeping.standing(Observation, who, known_on=known_on)
    changes = keeping.standing(LevelChange, who, known_on=known_on)
    outcomes = keeping.standing(WarningOutcome, who, known_on=known_on)
    found = []
    for row in keeping.standing(WarningIndicator, who, known_on=known_on):
        mine = sorted(
            (one for one in seen if one.indicator_id == row.pk), key=lambda one: (one.observed_on, one.kept_at, one.pk)
        )
        found.append(
            IndicatorView(
                row,
                day,
                tuple(mine),
                tuple(one for one in changes if one.indicator_id == row.pk),
                tuple(one for one in outcomes if one.indicator_id == row.pk),
            )
        )
    return found


def indicator(number: str, who: Reader, *, now: datetime, known_on: int | None = None) -> IndicatorView:
    """One of them. Raises NotFoundError("watch.none") and InputError("watch.withdrawn")."""
    row = keeping.find(WarningIndicator, number, who, known_on=known_on)
    return next(view for view in indicators(who, now=now, known_on=known_on) if view.row.pk == row.pk)


def _running(number: str, who: Reader, now: datetime) -> WarningIndicator:
    row = keeping.find(WarningIndicator, number, who)
    if keeping.today(now) > row.expires_on:
        raise InputError("watch.expired", field="reason", day=row.expires_on)
    return row


def _keep(kind: type[K], act: str, row: WarningIndicator, fields: dict[str, object], who: Reader, now: datetime) -> K:
    rests_on = (row.marking.value(),)
    about = f"risk {row.theme}"
    return keeping.keep(kind, act=act, about=about, fields=fields, rests_on=rests_on, who=who, now=now)


def _expected(values: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in keeping.keys("hypotheses"):
        if word := values.get(f"expected-{name}", ""):
            found[name] = keeping.chosen(f"expected-{name}", word, "consistency")
    return found


def _rule_fields(values: Mapping[str, str]) -> dict[str, object]:
    direction = keeping.among("direction", values.get("direction", ""), ("rising", "falling"))
    raised_at = keeping.number("raised_at", values.get("raised_at", ""))
    high_at = keeping.number("high_at", values["high_at"]) if values.get("high_at", "").strip() else None
    margin = keeping.number("margin", values.get("margin", "") or "0", least=0)
    in_a_row = keeping.whole("in_a_row", values.get("in_a_row", "") or "1", least=1)
    rising = direction == "rising"
    if high_at is not None and (high_at <= raised_at if rising else high_at >= raised_at):
        raise InputError("watch.thresholds", field="high_at")
    if margin == 0 and in_a_row < 2:
        raise InputError("watch.no_hysteresis", field="margin")
    return {"rising": rising, "raised_at": raised_at, "high_at": high_at, "margin": margin, "in_a_row": in_a_row}
