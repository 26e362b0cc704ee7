"""What is known of a raw material: who supplies it, what it is used for, and what a report prints of it."""

from __future__ import annotations

from dataclasses import dataclass

from verband.language.rounded import Rounded

#: Whose shares a supply risk rests on: of the world's supply, of the European Union's, or both.
BOTH, GLOBAL_ONLY, EU_ONLY = "both", "global", "eu"


@dataclass(frozen=True)
class SupplyShare:
    """One country's share (0-1) of the supply of a material at one stage (E extraction, P processing).

    `t` weighs it for restrictions on trade: 1 has none, below 1 is trade without them, above 1 has some.
    """

    material: str
    stage: str
    country: str
    share: Rounded
    t: float


@dataclass(frozen=True)
class UseShare:
    """The share (0-1) of a material that goes into one application, and the value added of that sector, million euro.

    `sector` is empty and `value_added_meur` None where the source names no sector.
    """

    material: str
    application: str
    share: Rounded
    sector: str
    value_added_meur: float | None


@dataclass(frozen=True)
class MaterialFigures:
    """What a report prints of one material.

    `rests_on`: BOTH, GLOBAL_ONLY or EU_ONLY. `import_reliance` and the two HHI (with governance and trade weighed in,
    0-10) are None where the report prints none. `recycling` is the end-of-life recycling input rate, `si_sr` and
    `si_ei` the substitution indices; all of them, and the reliance, lie in 0-1.
    """

    material: str
    stage: str
    rests_on: str
    hhi_global: Rounded | None
    hhi_eu: Rounded | None
    import_reliance: Rounded | None
    recycling: Rounded
    si_sr: Rounded
    si_ei: Rounded
    supply_risk: Rounded
    economic_importance: Rounded
