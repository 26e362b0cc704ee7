"""How likely, how bad: experts' classes weighed into distributions and ranks; what is missing or disputed stays so."""

from .cooke import ExpertScore, Question, calibration, cooke, information
from .disagreement import Disagreement, Dot, consensus, disagreements
from .impact import Impact, Part, impact
from .likelihood import Chance, annual_chance, chance, over_horizon, return_period
from .masses import Pooled, pooled
from .model import Judgement, LikelihoodScore, Score, check, profile_of
from .ranking import RANKED_BY, Ranks, ranks
from .scenario import Box, ScenarioRisk, scenario_risk
from .totals import Total, together, total

__all__ = [
    "RANKED_BY",
    "Box",
    "Chance",
    "Disagreement",
    "Dot",
    "ExpertScore",
    "Impact",
    "Judgement",
    "LikelihoodScore",
    "Part",
    "Pooled",
    "Question",
    "Ranks",
    "ScenarioRisk",
    "Score",
    "Total",
    "annual_chance",
    "calibration",
    "chance",
    "check",
    "consensus",
    "cooke",
    "disagreements",
    "impact",
    "information",
    "over_horizon",
    "pooled",
    "profile_of",
    "ranks",
    "return_period",
    "scenario_risk",
    "together",
    "total",
]
