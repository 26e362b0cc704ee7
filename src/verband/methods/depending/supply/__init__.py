"""Where supply concentrates and what a shock to a sector does: sectors, products, raw materials."""

from .concentration import (
    NOT_SUPPLY_RISK,
    DependencyRow,
    DependencyTable,
    concentration,
    coverage,
    dependency_table,
)
from .criticality import (
    MaterialCheck,
    check_materials,
    criticality,
    economic_importance,
    import_reliance,
    supply_risk,
)
from .dependence import CELLS, Dependence, Indicator, Persistence, eu_dependence, geodep_dependence, persistence
from .inoperability import Dynamic, SectorLoss, Static, coefficients, dynamic, interdependency, recovery_rate, static
from .shocks import SIDES, SectorShock, SectorShockRow, Shock, WorldTable, sector_shock
from .stopping import Loss, source_stops
from .thresholds import Bound, Thresholds, thresholds
from .trade import LEAST_SHARE, ProductYear, countries_named, product_shares, product_years

__all__ = [
    "CELLS",
    "LEAST_SHARE",
    "NOT_SUPPLY_RISK",
    "SIDES",
    "Bound",
    "Dependence",
    "DependencyRow",
    "DependencyTable",
    "Dynamic",
    "Indicator",
    "Loss",
    "MaterialCheck",
    "Persistence",
    "ProductYear",
    "SectorLoss",
    "SectorShock",
    "SectorShockRow",
    "Shock",
    "Static",
    "Thresholds",
    "WorldTable",
    "check_materials",
    "coefficients",
    "concentration",
    "countries_named",
    "coverage",
    "criticality",
    "dependency_table",
    "dynamic",
    "economic_importance",
    "eu_dependence",
    "geodep_dependence",
    "import_reliance",
    "interdependency",
    "persistence",
    "product_shares",
    "product_years",
    "recovery_rate",
    "sector_shock",
    "source_stops",
    "static",
    "supply_risk",
    "thresholds",
]
