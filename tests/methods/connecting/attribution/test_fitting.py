"""Parameters from cases whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.methods.connecting.attribution.test_ranking import collection
from verband.methods.connecting.attribution import Case, Parameters, Query, fit, rank


def cases(*, telling: str) -> list[Case]:
    """Forty queries in which items of one kind are the group's own and those of the other kind are of another."""
    known = collection()
    rng = np.random.default_rng(5)
    found = []
    for place, one in enumerate(known):
        other = known[(place + 7) % len(known)]
        techniques = list((one if telling == "techniques" else other).techniques)
        software = list((one if telling == "software" else other).software)
        query = Query(
            tuple(rng.choice(techniques, size=8, replace=False).tolist()),
            tuple(rng.choice(software, size=2, replace=False).tolist()),
        )
        found.append(Case(query, known, place))
    return found


def test_the_same_cases_give_the_same_parameters() -> None:
    some = cases(telling="techniques")[:10]

    assert fit(some, steps=5) == fit(some, steps=5)


def test_techniques_weigh_less_where_software_tells_the_group() -> None:
    by_software, by_techniques = fit(cases(telling="software")), fit(cases(telling="techniques"))

    assert by_software.weight_technique < by_techniques.weight_technique


def test_fitted_parameters_rank_their_cases_no_worse_than_the_start() -> None:
    some = cases(telling="software")
    fitted = fit(some)

    def reciprocal(settings: Parameters) -> float:
        rankings = [(rank(case.query, case.profiles, settings), case.answer) for case in some]
        return sum(1 / next(s.rank for s in ranking.standings if s.profile == place) for ranking, place in rankings)

    assert reciprocal(replace(fitted, none=-99.0)) >= reciprocal(replace(Parameters(), none=-99.0))


def test_no_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="no cases"):
        fit([])
