"""What is lost where a source stops: the known loss of a small table."""

from __future__ import annotations

import pytest

from verband.language.errors import InputError
from verband.language.rounded import Rounded
from verband.methods.depending.supply import source_stops

#: 60 %, 30 % and 4 % printed, and 6 % of nobody knows whom.
SHARES = (
    ("Ruritania", Rounded(0.6, 0.595, 0.605)),
    ("Graustark", Rounded(0.3, 0.295, 0.305)),
    ("Syldavia", Rounded(0.04, 0.035, 0.045)),
)


@pytest.mark.requirement("R048")
def test_a_source_that_stops_takes_its_share_along() -> None:
    found = source_stops(SHARES, "Ruritania")

    assert found.lost == Rounded(0.6, 0.595, 0.605)
    assert found.left == found.lost
    assert found.listed


def test_what_can_be_replaced_is_an_assumption_that_lowers_what_is_missing() -> None:
    found = source_stops(SHARES, "Ruritania", substitutable=0.5)

    assert found.lost.value == 0.6
    assert found.left == Rounded(0.3, 0.2975, 0.3025)


def test_a_source_that_is_not_listed_may_lose_up_to_the_largest_unlisted_share() -> None:
    found = source_stops(SHARES, "Borduria", unlisted=0.02)

    assert found.lost == Rounded(0.0, 0.0, 0.02)
    assert not found.listed


def test_other_names_change_nothing_but_names() -> None:
    renamed = tuple((f"X{name}", share) for name, share in SHARES)

    assert source_stops(renamed, "XGraustark").lost == source_stops(SHARES, "Graustark").lost


@pytest.mark.parametrize("value", [-0.1, 1.4, float("nan")])
def test_an_assumption_outside_0_to_1_is_refused(value: float) -> None:
    with pytest.raises(InputError) as error:
        source_stops(SHARES, "Ruritania", substitutable=value)

    assert error.value.code == "supply.share"
