"""Same actor: does one initiator stand behind two incidents? Scored without reading who is blamed."""

from .features import PairFeatures, pair_features
from .model import VERSION, Model, Parameters, Scores, fit, score
from .shapes import Steps
from .table import Incidents, Pairs, all_pairs

__all__ = [
    "VERSION", "Incidents", "Model", "PairFeatures", "Pairs", "Parameters", "Scores", "Steps", "all_pairs", "fit",
    "pair_features", "score",
]  # fmt: skip
