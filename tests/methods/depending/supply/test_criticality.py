"""Supply risk and economic importance: the formula by hand, and the materials of the report of 2017."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.formats.raw_materials import read_material_figures
from verband.language.errors import InputError
from verband.language.materials import BOTH, EU_ONLY, GLOBAL_ONLY, MaterialFigures, UseShare
from verband.language.rounded import Rounded, rounded
from verband.methods.depending.supply import (
    check_materials,
    criticality,
    economic_importance,
    import_reliance,
    supply_risk,
)

exact = Rounded.exact


def material(**more: object) -> MaterialFigures:
    figures = MaterialFigures(
        "tin", "Extraction", BOTH, exact(4.0), exact(2.0), exact(0.5), exact(0.2), exact(0.9), exact(0.8), exact(1.8),
        exact(3.0),
    )  # fmt: skip
    return replace(figures, **more)  # type: ignore[arg-type]


def test_supply_risk_by_hand() -> None:
    # [4 x .25 + 2 x .75] x .8 x .9 = 2.5 x .72
    assert supply_risk(material()).value == pytest.approx(1.8)
    assert supply_risk(material(rests_on=GLOBAL_ONLY, import_reliance=None)).value == pytest.approx(4 * 0.72)
    assert supply_risk(material(rests_on=EU_ONLY, hhi_global=None)).value == pytest.approx(2 * 0.72)


def test_reliance_on_imports_is_zero_where_more_goes_out_than_comes_in() -> None:
    assert import_reliance(exact(20), exact(100), exact(20)) == exact(0.8)
    assert import_reliance(exact(100), exact(10), exact(60)) == exact(0)
    found = import_reliance(Rounded(20, 19, 21), Rounded(100, 90, 110), exact(20))
    assert (found.low, found.high) == pytest.approx((70 / 91, 90 / 109))


def test_economic_importance_adds_value_of_sectors_and_nothing_for_a_use_without_one() -> None:
    uses = [UseShare("tin", "solder", exact(0.5), "C26", 200.0), UseShare("tin", "other", exact(0.5), "", None)]

    assert economic_importance(uses, substitution=exact(0.9)) == exact(90.0)


def test_uses_that_sum_to_too_much_or_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="tin"):
        economic_importance([UseShare("tin", name, exact(0.7), "C26", 1.0) for name in "ab"], substitution=exact(1))
    with pytest.raises(InputError, match="no uses"):
        economic_importance([], substitution=exact(1))


corner = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda ends: Rounded(sum(ends) / 2, min(ends), max(ends)))


@given(corner, corner, corner, corner, corner, st.integers(0, 1000))
def test_interval_holds_every_risk_that_rounds_to_the_figures(
    world: Rounded, union: Rounded, reliance: Rounded, recycled: Rounded, substitution: Rounded, seed: int
) -> None:
    found = supply_risk(
        material(hhi_global=world, hhi_eu=union, import_reliance=reliance, recycling=recycled, si_sr=substitution)
    )
    rng = np.random.default_rng(seed)

    g, e, i, r, s = (rng.uniform(one.low, one.high, 50) for one in (world, union, reliance, recycled, substitution))
    risks = (g * i / 2 + e * (1 - i / 2)) * (1 - r) * s

    assert found.low - 1e-12 <= risks.min()
    assert risks.max() <= found.high + 1e-12


def test_verdict_is_open_where_rounding_decides() -> None:
    high, low, either = exact(3.0), exact(0.5), rounded("1.0")

    assert criticality(high, high) == "critical"
    assert criticality(low, high) == "not_critical"
    assert criticality(either, high) == "open"


def test_a_figure_that_is_missing_is_named() -> None:
    with pytest.raises(InputError, match="tin has no figure for import_reliance"):
        supply_risk(material(import_reliance=None))
    with pytest.raises(InputError, match="'nobody'"):
        supply_risk(material(rests_on="nobody"))
    with pytest.raises(InputError, match="nothing to rely on"):
        import_reliance(exact(1), exact(1), exact(3))


@pytest.mark.requirement("R049")
@pytest.mark.shared_data
def test_all_materials_of_2017_are_reproduced_and_those_of_others_are_not(shared_data: Path) -> None:
    materials = read_material_figures(shared_data / "critical_materials" / "report_2017_tables.json")

    found = check_materials(materials)

    assert len(found) == 78
    assert [one.material for one in found if not one.reproduced] == []
    assert sum(one.supply_risk.width for one in found) / len(found) <= 0.3
    # Beside the risk of the material that is next in the list the intervals are rarely right: they can fail.
    shifted = [
        replace(one, supply_risk=other.supply_risk)
        for one, other in zip(materials, (*materials[1:], materials[0]), strict=True)
    ]
    assert sum(one.reproduced for one in check_materials(shifted)) < 20
