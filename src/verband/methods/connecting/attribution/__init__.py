"""Which known groups fit the techniques and software that were seen, with "none of these" always among the answers."""

from .fitting import Case, fit
from .model import Contribution, Parameters, Profile, Query, Ranking, Standing
from .profiles import profile
from .ranking import rank

__all__ = [
    "Case",
    "Contribution",
    "Parameters",
    "Profile",
    "Query",
    "Ranking",
    "Standing",
    "fit",
    "profile",
    "rank",
]
