"""Mild options stay when severity goes up, whatever the scale, and no option is asked for by an actor's name."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.catalogues import catalogue, read
from verband.language.errors import InputError
from verband.language.instruments import instruments
from verband.rooms.response import lacking, mildness
from verband.rooms.response.mildness import Severity

_scales = st.lists(st.integers(0, 8), min_size=1, max_size=6).map(
    lambda limits: [Severity(f"s{at}", limit) for at, limit in enumerate(sorted(limits))]
)


@pytest.mark.requirement("P2")
@given(scale=_scales, order=st.permutations(instruments()), data=st.data())
def test_a_higher_severity_never_narrows_what_is_permitted(
    scale: list[Severity], order: list, data: st.DataObject
) -> None:  # type: ignore[type-arg]
    low = data.draw(st.integers(0, len(scale) - 1))
    high = data.draw(st.integers(low, len(scale) - 1))

    fewer = mildness.permitted(order, scale[low].key, scale)
    more = mildness.permitted(order, scale[high].key, scale)

    assert set(fewer) <= set(more)
    assert "dialogue" in fewer
    assert [key for key in more if key in fewer] == list(fewer)


def test_the_steps_of_the_catalogue_by_hand() -> None:
    steps = mildness.steps_up(instruments())

    assert (steps["dialogue"], steps["partner_consultation"], steps["political_statement"]) == (0, 1, 2)
    assert (steps["attribution_alone"], steps["assessment"], steps["prosecution"]) == (3, 0, 2)


def test_a_ring_of_milder_instruments_ends() -> None:
    from dataclasses import replace

    first, second, *_ = instruments()
    ring = [replace(first, milder=(second.key,)), replace(second, milder=(first.key,))]

    assert mildness.steps_up(ring) == {first.key: 1, second.key: 1}


@pytest.mark.requirement("P2")
def test_a_scale_that_takes_mild_options_away_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    head = 'name = "response_severities"\nversion = "2027"\nsource = "x"\nverified = true\nreview_date = "2027-06-01"\n'
    entry = '[[entry]]\nkey = "{0}"\nnl = "{0}"\nen = "{0}"\npermits = {1}\n'
    path = tmp_path / "response_severities.2027.toml"
    path.write_text(head + entry.format("low", 3) + entry.format("high", 2))

    with pytest.raises(InputError) as caught:
        mildness.severities(read(path))

    assert caught.value.code == "response.severities"
    assert [one.permits for one in mildness.severities(catalogue("response_severities"))] == [1, 2, 3, 99]


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("function", [mildness.permitted, mildness.steps_up, lacking.lacks, lacking.cautions])
def test_what_decides_about_options_is_given_no_actor(function) -> None:  # type: ignore[no-untyped-def]
    assert not {"actor", "name", "state", "country", "thing"} & set(inspect.signature(function).parameters)
