"""One scenario on the risk diagram: a box of chance and impact under every base, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verband.language.risk_methods import Cell, Profile, RiskMethod
from verband.methods.weighing.disagreement import Disagreement, disagreements
from verband.methods.weighing.impact import Impact, impact
from verband.methods.weighing.likelihood import Chance, chance
from verband.methods.weighing.masses import pooled
from verband.methods.weighing.model import Judgement, check_profile


@dataclass(frozen=True)
class Box:
    """Where a scenario lies on the diagram: 5 %, median and 95 % of chance (0-1) and impact (0-1).

    The chances are None where nobody judged the likelihood; `impact_median` is None while a criterion is missing, and
    the ends are then those of the mildest and the worst that it can be. `impact_low_together` and
    `impact_high_together` are the ends with all criteria moving together.
    """

    base: int
    chance_low: float | None
    chance_median: float | None
    chance_high: float | None
    impact_low: float
    impact_median: float | None
    impact_high: float
    impact_low_together: float
    impact_high_together: float


@dataclass(frozen=True, eq=False)
class ScenarioRisk:
    """The weighing of one scenario: `impacts` and `boxes` by base, in the order asked for.

    `missing`: criteria with a weight that nobody scored. `unverified`: cells used that nobody checked against the
    method's document; while there are any, output that looks official is refused or says so.
    """

    scenario: str
    method: RiskMethod
    profile: Profile
    experts: tuple[str, ...]
    chance: Chance | None
    impacts: Mapping[int, Impact]
    boxes: Mapping[int, Box]
    missing: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    unverified: tuple[Cell, ...]


def scenario_risk(
    method: RiskMethod,
    judgements: Sequence[Judgement],
    profile: Profile,
    *,
    scenario: str = "",
    bases: Sequence[int] | None = None,
    horizon: str | None = None,
    years: float | None = None,
    expert_weights: Mapping[str, float] | None = None,
) -> ScenarioRisk:
    """The distribution of impact beside that of chance, as boxes for the diagram, under each base of the method.

    `horizon`: which of the method's horizons the bands are meant in; `years`: carry the chance to another. No product
    of the two is made and no class is given to a total, for the method's cut-offs are not known.
    Raises what `pooled`, `chance`, `impact` and `profile_of` raise.
    """
    check_profile(method, profile)
    merged = pooled(method, judgements, expert_weights=expert_weights, scenario=scenario)
    likely = chance(method, judgements, expert_weights=expert_weights, horizon=horizon, scenario=scenario)
    if likely and years is not None:
        likely = likely.over(years)
    chosen = [method.base(base).value for base in bases] if bases else [item.value for item in method.bases]
    impacts = {base: impact(merged, profile, base=base) for base in chosen}
    return ScenarioRisk(
        scenario=scenario,
        method=method,
        profile=profile,
        experts=tuple(sorted(item.expert for item in judgements)),
        chance=likely,
        impacts=impacts,
        boxes={base: _box(found, likely) for base, found in impacts.items()},
        missing=impacts[chosen[0]].missing,
        disagreements=disagreements(method, judgements, scenario=scenario),
        unverified=_unverified(method, judgements, profile, chosen, horizon),
    )


def _box(found: Impact, likely: Chance | None) -> Box:
    low, high = found.interval()
    return Box(
        base=found.base,
        chance_low=likely.quantile(0.05) if likely else None,
        chance_median=likely.quantile(0.5) if likely else None,
        chance_high=likely.quantile(0.95) if likely else None,
        impact_low=low,
        impact_median=None if found.missing else found.total.quantile(0.5),
        impact_high=high,
        impact_low_together=found.low_together.quantile(0.05),
        impact_high_together=found.high_together.quantile(0.95),
    )


def _unverified(
    method: RiskMethod,
    judgements: Sequence[Judgement],
    profile: Profile,
    bases: Sequence[int],
    horizon: str | None,
) -> tuple[Cell, ...]:
    scores = [score for item in judgements for score in item.scores]
    bands = [key for item in judgements if item.likelihood for key in item.likelihood.keys]
    weighed = [item.key for item in method.criteria if profile.weights[item.key] > 0]
    cells = method.unverified(
        criteria=weighed,
        classes=sorted({key for score in scores for key in score.keys}),
        bands=sorted(set(bands)),
        bases=bases,
        horizon=(horizon or method.horizons[0].key) if bands else None,
    )
    return cells if profile.verified else (*cells, profile.cell)
