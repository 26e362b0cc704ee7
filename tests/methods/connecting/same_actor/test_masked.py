"""What the benchmark lets the method see of EuRepoC."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.eurepoc_masked import COLUMNS, CRITERION, HIDDEN, SECTORS, as_seen, mask, read
from benchmarks.same_actor import auc
from verband.methods.connecting.same_actor import all_pairs


def row(**stated: str) -> dict[str, str]:
    cells = dict.fromkeys((*COLUMNS, *SECTORS), "")
    return {**cells, "name": "", "description": "", "start_date": "2015-02-03", "end_date": "", **stated}


def test_no_column_that_is_read_says_who_is_blamed() -> None:
    assert not [name for name in (*COLUMNS, *SECTORS) if HIDDEN.search(name)]
    assert all(
        HIDDEN.search(name)
        for name in ("initiator_name", "attributed_initiator_country", "number_of_attributions", "sources_url",
                     "attributing_actor", "political_response_type", "legal_attribution_reference",
                     "state_responsibility_indicator", "receiver_name")
    )  # fmt: skip


def test_a_name_of_several_words_is_masked_and_its_words_elsewhere_are_not() -> None:
    seen = as_seen(
        [row(name="Fancy Bear hit a bank", description="A bear was on the logo")], masked=mask(["fancy bear"])
    )

    assert seen.words == (("bank", "bear", "logo"),)


@pytest.mark.requirement("P12")
def test_categories_of_people_change_nothing() -> None:
    stated = "[['Social groups', 'Media']]"
    one, two = (
        as_seen([row(receiver_category=stated, receiver_category_subcode=f"[['{who}', '']]")], masked=mask(["xxx"]))
        for who in ("Religious", "Ethnic")
    )

    assert one.columns == two.columns
    assert one.columns["sector"] == (frozenset({"media"}),)


def test_area_under_the_curve_counts_equal_values_half() -> None:
    same = np.array([True, True, False, False])

    assert auc(same, np.array([2.0, 1.0, 1.0, 0.0])) == 0.875
    assert auc(same, np.array([2.0, 1.0, 1.0, 0.0]), np.array([1.0, 3.0, 1.0, 1.0])) == 0.8125


@pytest.mark.shared_data
def test_the_public_table_has_the_stated_counts(shared_data: Path) -> None:
    readings = read(shared_data)
    strict = readings.strictest
    named = strict.named()
    everything, later = all_pairs(named), all_pairs(named[strict.later[named]])

    assert (len(named), everything.count) == (988, 487_578)
    assert strict.same(everything.first, everything.second).sum() == 18_281
    assert strict.same(later.first, later.second).sum() == 269
    seen = (readings.stated, readings.criterion_hidden, readings.states_masked, strict)
    assert [set(CRITERION) <= set(of.incidents.columns) for of in seen] == [True, False, True, False]
