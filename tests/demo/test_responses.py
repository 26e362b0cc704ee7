"""The coded responses: every phrase to the letter, every key in the catalogue, two readings, and cells that hold."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.response_rates import eurepoc, figures
from verband.demo.responses import coded, counted, past_use, rate_table, readings_agree
from verband.demo.tables import load
from verband.language.instruments import instruments
from verband.methods.responding import EUREPOC, SMALLEST

SHARED = Path(os.environ.get("VERBAND_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
CODES, READINGS = load("response_codes"), load("response_readings")
ROWS = {row.id: row for row in load("public_incidents")}


def test_every_phrase_stands_in_its_row_to_the_letter_and_no_part_is_left_out() -> None:
    parts = defaultdict(list)
    for code in CODES:
        parts[code.id].append(code)

    stated = {row.id for row in ROWS.values() if row.response_as_stated}

    assert set(parts) == stated
    for key, codes in parts.items():
        assert [code.part for code in codes] == list(range(1, len(codes) + 1)), key
        assert [code.phrase for code in codes] == [part.strip() for part in ROWS[key].response_as_stated.split(";")], (
            key
        )


def test_every_key_is_an_instrument_of_the_catalogue() -> None:
    known = {item.key for item in instruments()}

    for code in CODES:
        assert set(code.instruments) <= known, code.id
        assert len(set(code.instruments)) == len(code.instruments), code.id
    for row in READINGS:
        assert {*row.first, *row.second, *row.settled} <= known, row.id


def test_a_part_that_names_no_instrument_says_why() -> None:
    assert [code.id for code in CODES if not code.instruments and not code.note] == []


def test_what_was_settled_is_what_is_coded_and_one_of_the_readings() -> None:
    codes = coded()

    assert {row.id for row in READINGS} == set(codes)
    for row in READINGS:
        assert set(row.settled) == codes[row.id], row.id
        assert set(row.settled) in (set(row.first), set(row.second)), row.id


def test_every_difference_between_the_readings_has_a_reason_and_nothing_else_has() -> None:
    for row in READINGS:
        assert (set(row.first) != set(row.second)) == bool(row.reason), row.id


def test_the_agreement_that_the_documentation_tells_is_the_one_there_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "concepts" / "response-rates.md").read_text("utf-8")
    together, *each = readings_agree()
    differed = [one for one in each if one.first_only or one.second_only]

    assert f"kappa {together.kappa:.3f}" in page
    assert f"{sum(set(row.first) != set(row.second) for row in READINGS)} of 395 rows" in page
    for one in differed:
        kappa = "none" if one.kappa is None else f"{one.kappa:.2f}"
        line = f"| `{one.instrument}` | {one.both} | {one.first_only} | {one.second_only} | {kappa} |"
        assert line in page, line


def test_a_case_is_no_response_row_no_decoy_and_no_event_twice() -> None:
    found = counted()
    cases = {case.key: case for case in found.cases}

    assert all(ROWS[key].event_type != "response" and not ROWS[key].decoy for key in cases)
    assert len(cases) + found.responses + found.decoys + found.told_twice == len(ROWS)
    for pair in load("same_event_pairs"):
        assert not (pair.same and pair.id_a in cases and pair.id_b in cases), pair


def test_two_rows_of_one_event_are_one_case_with_what_either_states() -> None:
    case = next(case for case in counted().cases if case.key == "INF-076")

    assert case.instruments == {"criminal_investigation", "arrest", "political_statement"}
    assert "PHY-056" not in {case.key for case in counted().cases}


@pytest.mark.requirement("P1")
def test_cases_are_grouped_by_domain_and_means_and_by_nothing_else() -> None:
    assert {name for case in counted().cases for name in case.groups} == {"domain", "means"}


def test_a_reader_who_may_see_fewer_rows_gets_the_figures_of_those_alone() -> None:
    clear = [row for row in ROWS.values() if row.marking == "CLEAR"]

    few, all_of_them = rate_table(clear), rate_table()

    assert few.stated < all_of_them.stated
    assert few.stated == sum(case.stated for case in counted(clear).cases)


def test_past_use_gives_the_words_and_the_page_of_the_row() -> None:
    uses = past_use("nato_consultation")

    assert [use.incident for use in uses] == ["PHY-062", "PHY-064"]
    assert all("Article 4" in use.phrase and use.source_url.startswith("http") for use in uses)
    assert past_use("nato_consultation", [ROWS["PHY-062"]]) == uses[:1]
    assert past_use("mutual_assistance") == ()


def test_an_instrument_that_was_coded_is_one_that_can_be_shown_with_its_use() -> None:
    never = {item.key for item in instruments() if not past_use(item.key)}

    assert never == {"attribution_with_partners", "mutual_assistance", "anti_coercion", "partner_support"}


def test_the_benchmark_meets_its_bar(capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(seed=0, quick=True)
    printed = capsys.readouterr().out

    assert found["cells"] >= 12
    assert found["smallest_cell"] >= SMALLEST
    assert found["suppressed"] >= 1
    assert printed.count("collected because they were notable") == found["cells"]
    assert "That cannot carry a rate." in printed


@pytest.mark.shared_data
def test_the_other_collection_has_as_few_responses_as_is_said() -> None:
    file = SHARED / "eurepoc" / "incidents_before_2021.csv"
    if not file.is_file():
        pytest.skip(f"the public data folder is not there: {SHARED}")

    found = eurepoc(file)

    assert list(found.values()) == [EUREPOC.incidents, EUREPOC.political, EUREPOC.legal]
