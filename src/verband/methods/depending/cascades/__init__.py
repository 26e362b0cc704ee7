"""What fails when this fails: cascades through requirement groups with buffers, what is critical, what helps."""

from .criticality import VERSION, Blast, Criticality, Pair, Standing, blast_radius, criticality, pairs
from .engines import fast_is_here
from .grid import Branch, Grid, GridFailure, grid_of
from .model import CLASS_WEIGHTS, SPREAD, Node, Parameters, Requirement
from .propagate import Cascade, Step, propagate
from .restoring import Outage, Restoration, restore
from .strengthening import Effort, Gain, strengthen
from .system import System, system_of, system_of_arrays

__all__ = [
    "CLASS_WEIGHTS",
    "SPREAD",
    "VERSION",
    "Blast",
    "Branch",
    "Cascade",
    "Criticality",
    "Effort",
    "Gain",
    "Grid",
    "GridFailure",
    "Node",
    "Outage",
    "Pair",
    "Parameters",
    "Requirement",
    "Restoration",
    "Standing",
    "Step",
    "System",
    "blast_radius",
    "criticality",
    "fast_is_here",
    "grid_of",
    "pairs",
    "propagate",
    "restore",
    "strengthen",
    "system_of",
    "system_of_arrays",
]
