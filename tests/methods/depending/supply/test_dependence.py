"""Indicators of strategic dependence: by hand, the year without exports, the years that last, and other names."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.language.errors import InputError
from verband.methods.depending.supply import (
    CELLS,
    Dependence,
    ProductYear,
    eu_dependence,
    geodep_dependence,
    persistence,
    product_years,
    thresholds,
)
from verband.methods.engine import DuckDB

Flow = tuple[int, str, str | None, str | None, float]
FLOWS: list[Flow] = [
    (2020, "chips", "TW", "NL", 60.0),
    (2020, "chips", "US", "DE", 20.0),
    (2020, "chips", "DE", "NL", 10.0),
    (2020, "chips", "NL", "US", 40.0),
    (2020, "chips", None, "NL", 10.0),
    (2020, "chips", "NL", "NL", 500.0),
]
EU = ["NL", "DE"]


def table(flows: list[Flow]) -> pa.Table:
    names = ("year", "product", "exporter", "importer", "value")
    types = (pa.int32(), pa.string(), pa.string(), pa.string(), pa.float64())
    columns = zip(*flows, strict=True) if flows else ([] for _ in names)
    return pa.table(
        {name: pa.array(list(cells), kind) for name, cells, kind in zip(names, columns, types, strict=True)}
    )


def figures(flows: list[Flow], members: list[str] = EU) -> tuple[ProductYear, ...]:
    return product_years(table(flows), members, engine=DuckDB())


def values(one: Dependence) -> list[float | None]:
    return [item.value for item in one.indicators]


@pytest.mark.requirement("R048")
def test_figures_of_a_product_by_hand() -> None:
    (one,) = figures(FLOWS)

    assert (one.outside, one.inside, one.unstated, one.exports_out, one.exports) == (80, 10, 10, 40, 50)
    assert one.concentration == pytest.approx(0.75**2 + 0.25**2)
    # TW 60, US 20, DE 10, NL 40 of 130; what a country sells to itself is no trade.
    assert one.world_concentration == pytest.approx((60**2 + 20**2 + 10**2 + 40**2) / 130**2)
    assert (one.top, one.top_share, one.coverage) == (("TW",), 0.75, 0.9)


def test_three_indicators_of_the_union_by_hand() -> None:
    (one,) = eu_dependence(figures(FLOWS))

    assert values(one) == pytest.approx([0.625, 80 / 90, 80 / 50])
    assert (one.verdict, one.warning, one.persistent) == ("dependent", "", "not_judged")


def test_variant_of_cepii_looks_at_the_world_and_at_what_leaves_the_bloc() -> None:
    (one,) = geodep_dependence(figures(FLOWS))

    assert values(one) == pytest.approx([0.625, 5700 / 16900, 80 / 40])
    assert one.verdict == "not_dependent"


def test_without_exports_the_ratio_is_9999() -> None:
    rows = figures([(2020, "chips", "TW", "NL", 60.0)])

    (one,) = geodep_dependence(rows)

    assert values(one) == [1.0, 1.0, 9999.0]
    assert one.verdict == "dependent"
    assert values(eu_dependence(rows)[0])[2] == 9999.0


def test_exactly_on_a_threshold_is_not_above_it() -> None:
    rows = figures([(2020, "a", "TW", "NL", 50.0), (2020, "a", "NL", "TW", 50.0)])

    assert geodep_dependence(rows)[0].indicators[2].above is False


def test_too_little_coverage_is_a_warning_and_no_verdict() -> None:
    (one,) = eu_dependence(figures([(2020, "a", "TW", "NL", 70.0), (2020, "a", None, "NL", 30.0)]))

    assert (one.coverage, one.warning, one.verdict) == (0.7, "coverage", "not_judged")
    assert one.indicators[0].above is True


def test_nothing_imported_is_no_verdict_either() -> None:
    (one,) = geodep_dependence(figures([(2020, "a", "NL", "TW", 70.0)]))

    assert (one.warning, one.verdict, one.top) == ("nothing_imported", "not_judged", ())


def test_exporters_that_tie_are_all_named() -> None:
    (one,) = figures([(2020, "a", name, "NL", 5.0) for name in ("US", "BR", "TW")])

    assert one.top == ("BR", "TW", "US")
    assert one.top_share == pytest.approx(1 / 3)


DEPENDENT = [("TW", "NL", 60.0)]
NOT_DEPENDENT = [("TW", "NL", 60.0), ("NL", "US", 80.0)]


def years(*found: str) -> list[Flow]:
    flows = {"yes": DEPENDENT, "no": NOT_DEPENDENT}
    return [(2018 + at, "a", *flow) for at, word in enumerate(found) for flow in flows.get(word, [])]


@pytest.mark.parametrize(
    ("seen", "lasting"),
    [
        (("yes", "no", "yes"), "dependent"),
        (("yes", "yes", "no"), "dependent"),
        (("no", "no", "yes"), "not_dependent"),
        (("", "no", "yes"), "not_judged"),
        (("", "no", "no"), "not_dependent"),
        (("yes", "yes", "yes", "no", "no"), "not_dependent"),
    ],
)
def test_two_of_three_years_make_it_last(seen: tuple[str, ...], lasting: str) -> None:
    assert geodep_dependence(figures(years(*seen)))[-1].persistent == lasting


def test_persistence_counts_who_was_still_dependent_a_year_later() -> None:
    flows = [
        (2018 + at, product, *flow)
        for product, found in {"a": "yy", "b": "yn", "c": "y", "d": "ny"}.items()
        for at, word in enumerate(found)
        for flow in (DEPENDENT if word == "y" else NOT_DEPENDENT)
    ]

    (one,) = persistence(geodep_dependence(figures(flows)))

    assert (one.year, one.dependent, one.still, one.no_longer, one.not_judged, one.share) == (2018, 3, 1, 1, 1, 0.5)


@pytest.mark.requirement("R048")
def test_a_supplier_that_falls_away_leaves_the_known_loss() -> None:
    (all_of_them,) = figures(FLOWS)
    (without,) = figures([flow for flow in FLOWS if flow[2] != "TW"])

    assert all_of_them.outside - without.outside == 60
    assert without.concentration == 1.0


codes = st.sampled_from(["NL", "DE", "TW", "US", "BR"])
flow = st.tuples(
    st.integers(2018, 2020), st.sampled_from("ab"), st.one_of(st.none(), codes), codes,
    st.integers(0, 50).map(float),
)  # fmt: skip


@pytest.mark.requirement("P1")
@settings(max_examples=40)
@given(st.lists(flow, min_size=1, max_size=25), st.permutations(["NL", "DE", "TW", "US", "BR"]))
def test_other_names_for_countries_change_nothing_but_names(flows: list[Flow], names: list[str]) -> None:
    swap: dict[str | None, str | None] = {None: None, **dict(zip(["NL", "DE", "TW", "US", "BR"], names, strict=True))}
    renamed = [(year, product, swap[a], swap[b], value) for year, product, a, b, value in flows]
    bloc = [str(swap[name]) for name in EU]

    ours, theirs = geodep_dependence(figures(flows)), geodep_dependence(figures(renamed, bloc))

    for mine, other in zip(ours, theirs, strict=True):
        assert {swap[name] for name in mine.top} == set(other.top)
        assert (mine.year, mine.product, mine.verdict, mine.warning, mine.persistent) == (
            other.year, other.product, other.verdict, other.warning, other.persistent,
        )  # fmt: skip
        assert values(mine) == pytest.approx(values(other))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ((None, "a", "TW", "NL", 1.0), "1 have no year"),
        ((2020, "", "TW", "NL", 1.0), "1 no product"),
        ((2020, "a", "TW", "NL", -1.0), "1 a value"),
        ((2020, "a", "TW", "NL", float("nan")), "1 a value"),
        ((2020, "a", "TW", "NL", None), "1 a value"),
    ],
)
def test_flows_that_cannot_be_used_are_counted_and_refused(bad: Flow, said: str) -> None:
    with pytest.raises(InputError, match=said):
        figures([*FLOWS, bad])


def test_no_flows_and_no_members_are_refused() -> None:
    with pytest.raises(InputError, match="no trade flows"):
        figures([])
    with pytest.raises(InputError, match="No country"):
        figures(FLOWS, [])


HEAD = """
name = "dependency_indicators"
version = "2027"
source = "A ministry"
verified = true
review_date = "2028-01-01"
"""


@pytest.mark.requirement("P13")
def test_thresholds_are_sourced_cells_and_a_correction_is_a_file(tmp_path: Path) -> None:
    built_in = thresholds()
    changed = {key: 0.9 if key == "eu_concentration" else built_in[key] for key in built_in.bounds}
    cells = [f'[[entry]]\nkey = "{key}"\nnl = "nl {key}"\nen = "en {key}"\nvalue = {changed[key]}\n' for key in changed]
    (tmp_path / "dependency_indicators.2027.toml").write_text(HEAD + "".join(cells), encoding="utf-8")

    own = thresholds(directory=tmp_path)

    assert [cell.key for cell in built_in.unverified(CELLS["eu"])] == list(CELLS["eu"][:3])
    assert built_in.unverified(CELLS["geodep"]) == ()
    assert own.unverified(CELLS["eu"]) == ()
    assert eu_dependence(figures(FLOWS), held_against=own)[0].verdict == "not_dependent"


def test_a_threshold_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "dependency_indicators.2027.toml").write_text(HEAD, encoding="utf-8")

    with pytest.raises(InputError, match="'eu_concentration'"):
        thresholds(directory=tmp_path)
