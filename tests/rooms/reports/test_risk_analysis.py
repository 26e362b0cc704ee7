"""The risk analysis as a document: intervals, dissent, and what nobody checked, on every page."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.rooms.risk.scenarios.conftest import *  # noqa: F403
from tests.rooms.risk.scenarios.conftest import KEY, NOW, give_all
from verband.rooms.people.services import Reader
from verband.rooms.reports import rendering, services
from verband.rooms.reports.document import Document
from verband.rooms.risk.scenarios import describing, sessions

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def judged(author: Reader, experts: list[Reader], first_round: None) -> Reader:
    """A scenario that was judged, agreed on but for one expert who signs his dissent."""
    for one in experts:
        give_all(one, "B-C-D")
    for _ in range(3):
        sessions.go_on(KEY, who=author, now=LATER)
    for criterion in sessions.criteria(describing.scenario(KEY, author, now=NOW).method):
        sessions.agree(KEY, criterion, lower="B", expected="C", upper="D", text="so", who=author, now=LATER)
    sessions.dissent(
        KEY, "2.1", lower="D", expected="E", upper="E", text="far worse", signed="yes", who=experts[0], now=LATER
    )
    sessions.go_on(KEY, who=author, now=LATER)
    return author


def made(who: Reader, language: str = "en") -> Document:
    """The document as this reader gets it."""
    return services.draft("risk-analysis", who=who, now=LATER, language=language).document


@pytest.mark.requirement("R005")
def test_the_dissent_and_its_name_stand_in_the_report(judged: Reader) -> None:
    text = rendering.render(made(judged), ("html",), made_at=LATER)["html"].decode()

    assert "far worse" in text
    assert "bea about 2.1 deaths: D – E – E." in text.replace("&quot;", '"')
    assert "cas" not in text.replace("case", "").replace("cast", "")


def test_a_method_that_is_not_verified_says_so_on_every_page(judged: Reader) -> None:
    files = rendering.render(made(judged), ("pdf", "docx"), made_at=LATER)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages]
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as word:
        header = word.read("word/header1.xml").decode()

    assert len(pages) > 1
    assert [("method not verified" in page) for page in pages] == [True] * len(pages)
    assert "method not verified" in header


def test_a_scenario_that_nobody_scored_is_told_without_a_number(author: Reader) -> None:
    document = made(author)

    numbers = services.numbers(services.draft("risk-analysis", who=author, now=LATER, language="en"))

    assert document.notice == ""
    assert numbers["scenarios"][0]["impact_low"] is None  # type: ignore[index]


def test_both_languages_have_the_same_sections(judged: Reader) -> None:
    dutch, english = made(judged, "nl"), made(judged, "en")

    keys = [section.key for section in english.sections if section.key != "terms"]
    assert [section.key for section in dutch.sections] == keys
    assert dutch.notice == "methode niet gecontroleerd"
