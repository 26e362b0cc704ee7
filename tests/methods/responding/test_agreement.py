"""Agreement of two codings: the published statistic, per instrument and together."""

from __future__ import annotations

import pytest

from verband.language.errors import InputError
from verband.methods.responding import agreement
from verband.methods.responding.agreement import kappa


def test_kappa_is_that_of_the_worked_table() -> None:
    # 20 and 15 agreed, 5 and 10 not: seen .7, by chance .5, kappa (.7 - .5) / (1 - .5).
    assert kappa(20, 5, 10, 15) == pytest.approx(0.4)


def test_agreement_as_chance_gives_it_is_zero_and_full_agreement_is_one() -> None:
    assert kappa(25, 25, 25, 25) == pytest.approx(0.0)
    assert kappa(3, 0, 0, 7) == 1.0


def test_an_instrument_that_neither_coding_uses_has_no_kappa() -> None:
    assert kappa(0, 0, 0, 9) is None
    assert kappa(0, 0, 0, 0) is None


def test_all_decisions_together_stand_first_and_count_each_row_by_each_instrument() -> None:
    first = {"a": {"summons"}, "b": {"summons", "arrest"}, "c": set[str]()}
    second = {"a": {"summons"}, "b": {"arrest"}, "c": {"arrest"}}

    together, summons, arrest = agreement(first, second, instruments=["summons", "arrest"])

    assert (together.instrument, together.both, together.first_only, together.second_only) == ("", 2, 1, 1)
    assert together.neither == 2
    assert (summons.both, summons.first_only, summons.second_only, summons.neither) == (1, 1, 0, 1)
    assert (arrest.both, arrest.first_only, arrest.second_only, arrest.neither) == (1, 0, 1, 1)


def test_codings_of_other_rows_are_refused_with_a_row() -> None:
    with pytest.raises(InputError, match="'b'"):
        agreement({"a": set()}, {"a": set(), "b": set()}, instruments=["summons"])
