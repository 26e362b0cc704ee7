"""The midterm review is built whole or not at all, and every line has a source."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms.risk.cycle.conftest import FIRST, LATER, NOW, SECOND, edition, fill, place
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import review
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.saying import Place


def write(who: Reader, slot: cycle.Slot, **fields: Any) -> None:
    base = {"text": "A line", "language": "en", "verdict": "", "place": Place("Nota", "1", "12"), "marking": ""}
    review.write(FIRST, slot, **(base | fields), who=who, now=LATER)


@pytest.mark.requirement("R007")
def test_the_places_are_introduction_eleven_themes_of_four_parts_and_verdict_two_instruments_conclusion() -> None:
    slots = cycle.slots()

    themes = catalogue("themes").keys()
    assert len(themes) == 11
    assert [slot.part for slot in slots[1:6]] == ["summary", "threat", "resilience", "approach", "verdict"]
    assert tuple(dict.fromkeys(slot.theme for slot in slots if slot.theme)) == themes
    assert [slot.part for slot in slots if not slot.theme] == [
        "introduction",
        "crisis_management",
        "research_programme",
        "conclusion",
    ]


@pytest.mark.requirement("R007")
@pytest.mark.parametrize(
    ("empty", "words"),
    [
        (cycle.Slot("introduction"), "inleiding / introduction"),
        (
            cycle.Slot("threat", "polarisation"),
            "Polarisatie tegengaan: ontwikkeling van de dreiging en de risico's"
            " / Countering polarisation: development of the threat and the risks",
        ),
        (
            cycle.Slot("verdict", "cbrn"),
            "Tegengaan van CBRN-dreigingen: oordeel over de aanpak / Countering CBRN threats: verdict on the approach",
        ),
    ],
)
def test_a_review_with_an_empty_part_or_verdict_is_not_built_and_says_which(
    empty: cycle.Slot, words: str, texts: Reader
) -> None:
    fill(FIRST, texts, but=empty)

    with pytest.raises(InputError) as refused:
        cycle.build(FIRST, texts)
    write(texts, empty, verdict="none_stated" if empty.part == "verdict" else "")

    assert refused.value.params == {"n": 1, "places": words}
    assert cycle.build(FIRST, texts).empty == ()


@pytest.mark.requirement("R007")
def test_a_published_part_of_a_theme_fills_its_place_and_a_reading_of_the_verdict_does_not(texts: Reader) -> None:
    rows = [
        risk.ThemeTextRow(
            theme="cbrn", edition=FIRST, part=part, text=f"On {part}", place=place(), as_read=part == "verdict"
        )
        for part in ("threat", "verdict")
    ]
    risk.load_theme_texts(rows, who=texts, now=NOW)

    found = cycle.review(FIRST, texts)

    assert [line.text for line in found.at(cycle.Slot("threat", "cbrn"))] == ["On threat"]
    assert found.at(cycle.Slot("verdict", "cbrn")) == ()


def test_the_newest_verdict_counts_and_the_one_before_stays(texts: Reader) -> None:
    slot = cycle.Slot("verdict", "cbrn")
    write(texts, slot, verdict="continue")
    write(texts, slot, verdict="adjust")

    found = cycle.review(FIRST, texts)

    assert [line.verdict for line in found.at(slot)] == ["adjust"]
    assert [line.verdict for line in found.lines] == ["continue", "adjust"]


def test_a_withdrawn_line_leaves_its_place_empty_and_stays_in_the_history(texts: Reader) -> None:
    write(texts, cycle.Slot("conclusion"))
    stamp = cycle.review(FIRST, texts).lines[0].stamp
    assert stamp is not None

    review.withdraw(stamp.number, reason="Wrong line", who=texts, now=LATER)
    found = cycle.review(FIRST, texts)

    assert found.at(cycle.Slot("conclusion")) == ()
    assert [line.stamp.withdrawn_reason for line in found.history if line.stamp] == ["Wrong line"]


@pytest.mark.parametrize(
    ("slot", "fields", "code"),
    [
        (cycle.Slot("introduction"), {"text": " "}, "cycle.empty"),
        (cycle.Slot("introduction"), {"place": Place("", "1", "")}, "cycle.no_source"),
        (cycle.Slot("introduction"), {"place": Place("Nota", "1", "twelve")}, "cycle.line"),
        (cycle.Slot("introduction"), {"place": Place("Nota", "1", "0")}, "cycle.line"),
        (cycle.Slot("introduction"), {"language": "fr"}, "cycle.word"),
        (cycle.Slot("introduction"), {"marking": "RED"}, "cycle.word"),
        (cycle.Slot("introduction", "cbrn"), {}, "cycle.word"),
        (cycle.Slot("epilogue"), {}, "cycle.word"),
        (cycle.Slot("verdict", "cbrn"), {"verdict": "excellent"}, "cycle.word"),
    ],
)
def test_a_line_without_source_or_place_or_with_an_unknown_word_is_refused(
    slot: cycle.Slot, fields: dict[str, Any], code: str, texts: Reader
) -> None:
    with pytest.raises(InputError) as refused:
        write(texts, slot, **fields)

    assert refused.value.code == code
    assert cycle.review(FIRST, texts).lines == ()


def test_an_edition_of_another_kind_is_no_review(texts: Reader) -> None:
    with pytest.raises(NotFoundError):
        cycle.review(SECOND, texts)


def test_without_a_review_there_is_no_newest(analyst: Reader) -> None:
    cycle.load_editions([edition("scan", "scan")], who=analyst, now=NOW)

    with pytest.raises(NotFoundError) as refused:
        cycle.newest_review(analyst)

    assert refused.value.code == "cycle.no_edition"


def test_lines_loaded_twice_are_there_once(texts: Reader) -> None:
    fill(FIRST, texts)
    before = len(cycle.review(FIRST, texts).lines)

    fill(FIRST, texts)

    assert len(cycle.review(FIRST, texts).lines) == before
