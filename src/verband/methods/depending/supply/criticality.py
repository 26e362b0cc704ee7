"""Critical raw materials by the European Commission's method: supply risk and economic importance, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from verband.language.errors import InputError
from verband.language.materials import BOTH, EU_ONLY, GLOBAL_ONLY, MaterialFigures, UseShare
from verband.language.rounded import Rounded
from verband.methods.depending.supply.thresholds import Thresholds, thresholds

Verdict = Literal["critical", "not_critical", "open"]


@dataclass(frozen=True)
class MaterialCheck:
    """What the formula gives for a material's printed figures beside the supply risk that the report prints.

    `supply_risk`: the value at the printed figures and the interval of all that round to them. `reproduced`: some
    number in that interval rounds to what is printed.
    """

    material: str
    stage: str
    rests_on: str
    supply_risk: Rounded
    published: Rounded
    reproduced: bool


def import_reliance(production: Rounded, imports: Rounded, exports: Rounded) -> Rounded:
    """IR = (imports - exports) / (production + imports - exports), 0 where more goes out than comes in.

    All in one unit of mass or money, none below zero. Raises InputError("supply.reliance") for one below zero, and
    where nothing is left to use: production + imports - exports of zero or less somewhere in the intervals.
    """

    def reliance(made: float, into: float, out: float) -> float:
        if min(made, into, out) < 0 or made + into - out <= 0:
            raise InputError("supply.reliance", production=made, imports=into, exports=out)
        return max(0.0, (into - out) / (made + into - out))

    # Never falls as imports grow, never rises as production or exports do.
    return Rounded(
        reliance(production.value, imports.value, exports.value),
        reliance(production.high, imports.low, exports.high),
        reliance(production.low, imports.high, exports.low),
    )


def supply_risk(figures: MaterialFigures) -> Rounded:
    """SR = [HHI_GS IR / 2 + HHI_EU (1 - IR / 2)] (1 - EoL_RIR) SI_SR, where HHI = sum of share^2 x WGI x t.

    Where only the world's shares or only the Union's are known that HHI counts alone. The interval is exact: SR is
    linear in each figure by itself, so its ends lie at ends of theirs. Raises InputError("supply.figure_missing") with
    the material and the figure. Source: European Commission, method for critical raw materials.
    """
    if figures.rests_on not in _NEEDED:
        raise InputError("supply.rests_on", material=figures.material, given=figures.rests_on)
    parts = [_figure(figures, name) for name in _NEEDED[figures.rests_on]]
    inputs = (*parts, figures.recycling, figures.si_sr)
    ends = [_risk(corner) for corner in product(*((item.low, item.high) for item in inputs))]
    return Rounded(_risk([item.value for item in inputs]), min(ends), max(ends))


def economic_importance(uses: Iterable[UseShare], *, substitution: Rounded) -> Rounded:
    """EI = sum(A Q) SI_EI: shares of use A times value added Q of each sector, in the unit of Q (million euro).

    A use without a sector adds nothing. Not scaled: the threshold of 2.8 is for a scale that the sources of this
    project do not give. `substitution` (0-1) is SI_EI. Raises InputError("supply.over_coverage") with the material
    where uses sum to more than rounding explains, ("supply.nothing_used") where there are none.
    """
    uses = tuple(uses)
    if not uses:
        raise InputError("supply.nothing_used")
    covered = sum(use.share.value for use in uses)
    if covered > thresholds()["coverage_most"]:
        percent = round(100 * covered, 1)
        raise InputError("supply.over_coverage", what=uses[0].material, stage=_USES, percent=percent)
    weighed = [(use.share, use.value_added_meur or 0.0) for use in uses]
    return Rounded(
        sum(share.value * added for share, added in weighed) * substitution.value,
        sum(share.low * added for share, added in weighed) * substitution.low,
        sum(share.high * added for share, added in weighed) * substitution.high,
    )


def criticality(risk: Rounded, importance: Rounded, *, held_against: Thresholds | None = None) -> Verdict:
    """Whether both reach their threshold: for all of the intervals, for none, or open where rounding decides."""
    held_against = held_against or thresholds()
    pairs = ((risk, held_against["supply_risk"]), (importance, held_against["economic_importance"]))
    if all(figure.low >= least for figure, least in pairs):
        return "critical"
    if any(figure.high < least for figure, least in pairs):
        return "not_critical"
    return "open"


def check_materials(materials: Iterable[MaterialFigures]) -> tuple[MaterialCheck, ...]:
    """For each material, in the order given, whether its printed supply risk follows from its printed figures.

    Raises what `supply_risk` raises.
    """
    found = []
    for one in materials:
        risk = supply_risk(one)
        same = risk.meets(one.supply_risk)
        found.append(MaterialCheck(one.material, one.stage, one.rests_on, risk, one.supply_risk, same))
    return tuple(found)


_USES = "use"
_NEEDED = {BOTH: ("hhi_global", "hhi_eu", "import_reliance"), GLOBAL_ONLY: ("hhi_global",), EU_ONLY: ("hhi_eu",)}


def _figure(figures: MaterialFigures, name: str) -> Rounded:
    found: Rounded | None = getattr(figures, name)
    if found is None:
        raise InputError("supply.figure_missing", material=figures.material, figure=name)
    return found


def _risk(inputs: Sequence[float]) -> float:
    *shares, recycled, substitution = inputs
    if len(shares) == 1:
        concentrated = shares[0]
    else:
        world, union, reliance = shares
        concentrated = world * reliance / 2 + union * (1 - reliance / 2)
    return concentrated * (1 - recycled) * substitution
