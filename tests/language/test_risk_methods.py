"""Risk methods as data: the published matrices and bands, what is only recalled, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.risk_methods import BUILT_IN, RiskMethod, Scale, names, read, risk_method, versions

ANV, NRR, BNRA = (risk_method(name) for name in ("anv", "nrr", "bnra"))
ALL = [risk_method(name, version=version) for name in names() for version in versions(name)]


def scale(key: str, method: RiskMethod = ANV) -> Scale:
    found = method.criterion(key).scale
    assert found is not None
    return found


def test_the_dutch_method_has_eighteen_criteria_under_the_six_interests_in_order() -> None:
    keys = [item.key for item in ANV.criteria]
    interests = list(dict.fromkeys(item.interest for item in ANV.criteria))

    assert keys == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "2.1",
        "2.2",
        "2.3",
        "3.1",
        "3.2",
        "4.1",
        "5.1",
        "5.2",
        "5.3",
        "6.1",
        "6.2",
        "6.3",
        "6.4",
        "6.5",
    ]
    assert interests == list(catalogue("interests").keys())


def test_dutch_classes_count_three_times_the_one_below_and_not_applicable_counts_nothing() -> None:
    assert [ANV.value(key, 3) for key in "XABCDE"] == [0, 1, 3, 9, 27, 81]
    assert [ANV.value(key, 10) for key in "XABCDE"] == [0, 1, 10, 100, 1_000, 10_000]
    assert [base.value for base in ANV.bases] == [3, 10]


@pytest.mark.parametrize(
    ("days", "row"),
    [(2, "AABC"), (6, "AABC"), (7, "ABCD"), (27, "ABCD"), (28, "BCDE"), (182, "BCDE"), (183, "CDEE"), (4_000, "CDEE")],
)
def test_territory_is_classed_by_area_and_duration(days: float, row: str) -> None:
    found = [scale("1.1").class_of(area, days=days) for area in (100, 1_000, 10_000, 10_001)]

    assert "".join(found) == row
    assert scale("1.1").class_of(101, days=days) == row[1]


@pytest.mark.parametrize(("days", "row"), [(2, "ABCD"), (7, "BCDE"), (28, "CDEE"), (400, "CDEE")])
def test_lack_of_necessities_is_classed_by_persons_and_duration(days: float, row: str) -> None:
    found = [scale("2.3").class_of(persons, days=days) for persons in (9_999, 99_999, 999_999, 1_000_000)]

    assert "".join(found) == row


def test_deaths_are_classed_by_number_and_later_ones_one_class_lower() -> None:
    numbers = (0, 9, 10, 99, 100, 1_000, 10_000)

    assert [scale("2.1").class_of(number) for number in numbers] == list("AABBCDE")
    assert [scale("2.1").class_of_late(number) for number in numbers] == list("AAAABCD")
    assert [scale("2.2").class_of(number) for number in numbers] == list("AABBCDE")


def test_costs_are_classed_in_euro() -> None:
    assert [scale("3.1").class_of(cost) for cost in (49e6, 50e6, 500e6, 5e9, 50e9)] == list("ABCDE")


def test_boundaries_that_are_not_known_are_none_and_say_so() -> None:
    unknown = [item.key for item in ANV.criteria if item.scale is None]

    assert unknown == ["1.2", "1.3", "1.4", "3.2", "4.1", "5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "6.4", "6.5"]
    assert [ANV.criterion(key).scale_cell.verified for key in unknown] == [False] * len(unknown)
    assert (
        ANV.criterion("3.2").scale_cell.label("en") == "boundaries of criterion 3.2 vitality of the economy: not known"
    )


def test_nature_has_two_sub_criteria_that_lead_to_it() -> None:
    assert [sub.key for sub in ANV.criterion("4.1").subs] == ["4.1a", "4.1b"]
    assert ANV.criterion("4.1b").key == "4.1"


def test_dutch_bands_are_the_published_ones_and_open_ends_are_closed_by_a_stated_assumption() -> None:
    bands = [(band.key, band.low, band.high) for band in ANV.bands]

    assert bands == [
        ("A", None, 0.0005),
        ("B", 0.0005, 0.005),
        ("C", 0.005, 0.05),
        ("D", 0.05, 0.5),
        ("E", 0.5, None),
    ]
    assert [len(band.assumed) for band in ANV.bands] == [1, 0, 0, 0, 1]
    assert (ANV.band("A").closed_low, ANV.band("E").closed_high) == (0.00005, 1.0)
    assert not any(cell.verified for band in ANV.bands for cell in band.assumed)


@pytest.mark.parametrize("method", [ANV, NRR], ids=lambda method: method.name)
def test_an_open_lower_end_is_as_wide_as_the_band_next_to_it(method: RiskMethod) -> None:
    first, second = method.bands[:2]

    assert first.closed_high / first.closed_low == pytest.approx(second.closed_high / second.closed_low)


def test_a_part_of_a_band_is_a_third_of_it_in_powers_of_ten() -> None:
    low, middle, high = ANV.band("C").parts

    assert [part.key for part in (low, middle, high)] == ["C-low", "C-mid", "C-high"]
    assert low.closed_low == 0.005
    assert low.closed_high == pytest.approx(0.005 * 10 ** (1 / 3))
    assert middle.closed_low == pytest.approx(low.closed_high)
    assert high.closed_high == pytest.approx(0.05)


def test_british_bands_and_horizons_are_the_published_ones() -> None:
    assert [(band.low, band.high) for band in NRR.bands] == [
        (None, 0.002),
        (0.002, 0.01),
        (0.01, 0.05),
        (0.05, 0.25),
        (0.25, None),
    ]
    assert (NRR.horizon("non_malicious").years, NRR.horizon("malicious").years) == (5, 2)
    assert NRR.criteria == ()


@pytest.mark.parametrize(("number", "years"), [(1.5, 3_000), (2.5, 300), (3.5, 30), (4.5, 3)])
def test_belgian_return_periods_are_the_published_ones(number: float, years: float) -> None:
    assert BNRA.return_period is not None

    assert BNRA.return_period.of(number) == pytest.approx(years)


def test_belgian_units_are_worth_what_was_published() -> None:
    worth = {item.key: scale(item.key, BNRA).unit_euro for item in BNRA.criteria}

    assert worth == {
        "deaths": 5e6,
        "injured": 5e5,
        "assistance": 250,
        "unmet_needs": 5_000,
        "public_order": 500,
        "environment": 50_000,
        "costs": 1,
    }
    assert scale("costs", BNRA).class_of(50e6) == "1"
    assert scale("deaths", BNRA).class_of(10) == "2"


@pytest.mark.parametrize("method", [method for method in ALL if method.criteria], ids=lambda method: method.name)
def test_the_only_weights_shipped_are_equal_and_our_own(method: RiskMethod) -> None:
    (profile,) = method.profiles

    assert set(profile.weights.values()) == {1.0}
    assert set(profile.weights) == {item.key for item in method.criteria}
    assert profile.source.startswith("Own convention")
    assert not profile.verified


def test_every_cell_has_a_source_and_words_and_what_is_recalled_is_never_verified() -> None:
    cells = [cell for method in ALL for cell in method.cells()]

    assert [cell.place for cell in cells if not (cell.source and cell.nl and cell.en)] == []
    assert [cell.place for cell in cells if cell.verified and cell.source.startswith(("Recalled", "Own"))] == []


def test_unverified_names_the_cells_used_that_nobody_checked_each_once() -> None:
    found = ANV.unverified(
        criteria=["2.1", "2.1", "6.1"],
        classes=["A", "X"],
        bands=["A", "B"],
        bases=[3, 10],
        profile="equal",
        horizon="all",
    )

    assert [cell.place for cell in found] == [
        "criterion.2.1.scale",
        "criterion.6.1",
        "criterion.6.1.scale",
        "band.A.closed",
        "base.10",
        "profile.equal",
        "horizon.all",
    ]
    assert ANV.unverified(classes=["A", "B", "X"], bands=["B", "C", "D"], bases=[3]) == ()


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.floats(2, 1_000), st.floats(2, 1_000))
def test_more_or_longer_is_never_a_milder_class(one: int, other: int, short: float, long: float) -> None:
    for key in ("1.1", "2.3"):
        mild = scale(key).class_of(min(one, other), days=min(short, long))
        grave = scale(key).class_of(max(one, other), days=max(short, long))

        assert mild <= grave


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: risk_method("anw"), "risk_method.unknown"),
        (lambda: risk_method("anv", version="1999"), "risk_method.unknown_version"),
        (lambda: ANV.criterion("9.9"), "risk_method.unknown_criterion"),
        (lambda: ANV.impact_class("F"), "risk_method.unknown_class"),
        (lambda: ANV.band("C-lower"), "risk_method.unknown_band"),
        (lambda: ANV.profile("liberal"), "risk_method.unknown_profile"),
        (lambda: ANV.base(2), "risk_method.unknown_base"),
        (lambda: ANV.horizon("malicious"), "risk_method.unknown_horizon"),
        (lambda: scale("2.1").class_of(-1), "risk_method.amount"),
        (lambda: scale("2.1").class_of(float("nan")), "risk_method.amount"),
        (lambda: scale("1.1").class_of(50, days=1), "risk_method.duration"),
        (lambda: scale("1.1").class_of(50), "risk_method.duration"),
    ],
)
def test_what_is_not_in_the_method_is_refused_with_the_nearest_and_a_way_out(call: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        call()  # type: ignore[operator]

    assert caught.value.code == code
    for language in ("nl", "en"):
        assert caught.value.message(language) != caught.value.code
        assert "{" not in caught.value.message(language) + caught.value.hint(language)


def test_an_installations_own_file_wins_over_the_built_in_one(tmp_path: Path) -> None:
    text = (BUILT_IN / "anv.2019.toml").read_text("utf-8")
    own = text.replace('nl = "beperkt"', 'nl = "klein"')
    (tmp_path / "anv.2019.toml").write_text(own, "utf-8")
    (tmp_path / "anv.2030.toml").write_text(
        own.replace('version = "2019"', 'version = "2030"\ndefault = false'), "utf-8"
    )

    found = risk_method("anv", directory=tmp_path)

    assert (found.version, found.impact_class("A").nl) == ("2019", "klein")
    assert versions("anv", directory=tmp_path) == ("2019", "2030")
    assert risk_method("anv", version="2030", directory=tmp_path).version == "2030"
    assert risk_method("anv").impact_class("A").nl == "beperkt"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = ", "verzion = "),
        ('name = "anv"', 'name = "anx"'),
        ("high = 0.005\n", "high = 0.0004\n"),
        ("low = 0.005\n", "low = 0.004\n"),
        ('key = "B"\nnl = "aanzienlijk"', 'key = "A"\nnl = "aanzienlijk"'),
        ("value = 3", 'value = "3"'),
        ("years = 5", 'years = "five"'),
        ("bounds = [100, 1000, 10000]", "bounds = [1000, 100, 10000]"),
        ('classes = ["A", "A", "B", "C"]', 'classes = ["A", "A", "B", "F"]'),
        ('classes = ["A", "A", "B", "C"]', 'classes = ["A", "A", "B"]'),
        ('interest = "territorial_security"', 'interest = "territorial_integrity"'),
        ("equal = 1", "equal = -1"),
        ("equal = 1", 'weights = { "1.1" = 1 }'),
        ('nl = "beperkt"', "nl = 3"),
        ("[[class]]", "[[class"),
    ],
)
def test_a_file_that_is_no_risk_method_is_refused_with_its_name(tmp_path: Path, old: str, new: str) -> None:
    text = (BUILT_IN / "anv.2019.toml").read_text("utf-8")
    file = tmp_path / "anv.2019.toml"
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(InputError) as caught:
        read(file)

    assert caught.value.code == "risk_method.unreadable"
    assert "anv.2019.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "anv.2019.toml")

    assert caught.value.code == "risk_method.unreadable"
