"""Critical raw materials: does the printed supply risk of 2017 follow from the printed, rounded figures?"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from verband.formats.raw_materials import read_material_figures
from verband.methods.depending.supply import check_materials

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("VERBAND_SHARED_DATA") or ROOT / "../shared/data")


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """`reproduced` of `total` materials: some number in the interval that rounded inputs allow rounds to what is
    printed. `mean_interval_width` is of those intervals; `at_printed_figures`: the formula at the printed figures gives
    it without any rounding. `reproduced_of_next`: beside the risk printed for the next material, which is how often an
    interval of that width is right by accident. There is no seed in it, and it is quick as it is.
    """
    materials = read_material_figures(SHARED / "critical_materials" / "report_2017_tables.json")
    found = check_materials(materials)
    ahead = (*materials[1:], materials[0])
    shifted = [replace(one, supply_risk=other.supply_risk) for one, other in zip(materials, ahead, strict=True)]
    return {
        "reproduced": sum(one.reproduced for one in found),
        "total": len(found),
        "mean_interval_width": sum(one.supply_risk.width for one in found) / len(found),
        "at_printed_figures": sum(one.published.low <= one.supply_risk.value <= one.published.high for one in found),
        "reproduced_of_next": sum(one.reproduced for one in check_materials(shifted)),
    }
