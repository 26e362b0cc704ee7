"""Effects against expectation: what was seen of an indicator, never before the decision that it is an effect of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from verband.language.errors import InputError, NotFoundError
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping, machine
from verband.rooms.response.models import Effect, Indicator, Package

#: The states in which an effect may be seen.
_AFTER = frozenset({machine.DECIDED_YES, machine.EXECUTED, machine.FOLLOWED})


def observe(package_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Effect:
    """Keep what was seen: `indicator` (its key), `observed_on`, `seen`, `verdict`, `source`, `marking`.

    Raises InputError("response.effect_undecided") while no "yes" stands, ("response.effect_too_early") for a day before
    the decision, ("response.effect_in_future"), NotFoundError("response.none") for an indicator of another package, and
    `keeping`'s.
    """
    demand(who, keeping.OBSERVE)
    row = keeping.find(Package, package_key, who)
    steps = list(row.steps.order_by("number"))
    decided = next((one for one in reversed(steps) if one.action == machine.DECIDE and one.outcome == "yes"), None)
    observed_on = keeping.day("observed_on", values.get("observed_on", ""))
    if decided is None or steps[-1].state not in _AFTER:
        raise InputError("response.effect_undecided", field="observed_on")
    if observed_on < decided.day:
        first, told = decided.day.isoformat(), observed_on.isoformat()
        raise InputError("response.effect_too_early", field="observed_on", day=told, first=first)
    if observed_on > keeping.today(now):
        raise InputError("response.effect_in_future", field="observed_on", day=observed_on.isoformat())
    indicator = keeping.find_standing(Indicator, values.get("indicator", ""), who)
    if not row.inclusions.filter(option=indicator.option, withdrawn_at=None).exists():
        raise NotFoundError("response.none")
    return keeping.keep(
        Effect,
        act="effect of a response kept",
        about=f"response {row.case.key}",
        fields={
            "package": row,
            "indicator": indicator,
            "observed_on": observed_on,
            "seen": keeping.filled("seen", values.get("seen", "")),
            "verdict": keeping.chosen("verdict", values.get("verdict", ""), "effect_verdicts"),
        },
        source=keeping.filled("source", values.get("source", "")),
        who=who,
        now=now,
        marking=values.get("marking", ""),
        rests_on=(row.marking.value(),),
        power=keeping.OBSERVE,
    )
