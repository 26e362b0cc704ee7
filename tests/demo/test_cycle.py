"""The cycle from the embedded data: the two editions, their difference, the review of 2021, and its reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tests.property.visits import text_of
from tests.rooms.risk.conftest import reader
from verband.demo import cycle_rows, rows, tables
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.measures import services as measures
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.reports import rendering
from verband.rooms.reports import services as reports
from verband.rooms.reports.document import Section, Table, plain
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.models import ReviewLine

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)
REVIEW, LETTER = "midterm-review-2021", "letter-2022-11-28"
KINDS = ("midterm-review", "threat-assessment-difference", "commitments-trace")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Reader]:
    """Everything that the policy tables state, loaded once for all tests; an analyst who may write."""
    with django_db_blocker.unblock(), transaction.atomic():
        people.add_organisation(
            "home", name_nl="Thuis", name_en="Home", legal_task="t", source="s", actor="test", profile="coordinator"
        )
        who = reader("upload", "assess", "write_report", tlp="AMBER")
        risk.load_theme_texts(rows.theme_texts(), who=who, now=NOW)
        risk.load_statements(rows.statements(), who=who, now=NOW)
        measures.load(rows.commitments(), who=who, now=NOW)
        cycle.load_editions(cycle_rows.editions(), who=who, now=NOW)
        cycle.load_lines(cycle_rows.review_lines(), who=who, now=NOW)
        cycle.load_goals(cycle_rows.goals(), who=who, now=NOW)
        cycle.load_cells(cycle_rows.cells(), who=who, now=NOW)
        yield who
        transaction.set_rollback(True)


@pytest.mark.requirement("R008")
def test_the_editions_are_what_the_review_and_the_letter_say_and_other_texts_stand_apart(loaded: Reader) -> None:
    stated = {key: sum(row.source == key for row in tables.load("statements")) for key in ("003", "004")}

    found = {one.edition.key: len(one.statements) for one in cycle.assessments(loaded)}

    assert found == {REVIEW: 36, LETTER: 41} == {REVIEW: stated["003"], LETTER: stated["004"]}
    assert len(cycle.elsewhere(loaded)) == len(tables.load("statements")) - 77
    assert cycle.newest_two(loaded) == (REVIEW, LETTER)


@pytest.mark.requirement("R008")
def test_every_statement_of_both_is_added_paired_or_not_mentioned_and_never_twice_of_these(loaded: Reader) -> None:
    found = cycle.difference(REVIEW, LETTER, loaded)
    pairs = (*found.changed, *found.alike)

    earlier = {view.key for view in found.not_mentioned} ^ {pair.earlier.key for pair in pairs}
    later = {view.key for view in found.added} ^ {pair.later.key for pair in pairs}

    assert earlier == {view.key for view in found.earlier.statements}
    assert later == {view.key for view in found.later.statements}
    assert all(view.source.line and view.source.section for view in found.added)


@pytest.mark.requirement("R009")
def test_nothing_is_answered_in_the_embedded_data_because_nobody_has_said_so(loaded: Reader) -> None:
    found = cycle.findings(loaded)

    assert cycle.counts(found) == {"answered": 0, "explained": 0, "unanswered": 77}
    held = cycle.promised(loaded)
    assert sum(bool(cycle.proposals(item, held)) for item in found) > 50


@pytest.mark.requirement("R007")
def test_the_review_of_2021_is_whole_and_every_line_has_its_place(loaded: Reader) -> None:
    found = cycle.build(REVIEW, loaded)

    assert all(line.source.title_nl and line.source.line for line in found.lines)
    assert [
        len(found.at(cycle.Slot(part))) for part in ("introduction", "crisis_management", "research_programme")
    ] == [
        6,
        3,
        2,
    ]
    assert {line.as_read for line in found.lines if line.verdict} == {True}


@pytest.mark.requirement("R004")
def test_the_next_analysis_is_due_three_years_after_that_of_2019(loaded: Reader) -> None:
    view = cycle.edition("integrated-security-analysis", loaded, now=NOW)

    assert (view.due_on, view.due_from, view.overdue) == ("2022", "risk-analysis-2019", True)
    assert [phase.entry.key for phase in cycle.board(cycle.editions(loaded))] == [
        "analysis",
        "strategy",
        "implementation",
        "scan",
        "review",
    ]
    carried = cycle.carried(view, loaded)
    assert [(one.edition.key, len(one.findings)) for one in carried] == [(REVIEW, 36)]


@pytest.mark.requirement("R014")
@pytest.mark.requirement("R099")
def test_only_what_a_text_states_is_in_the_register_of_strategies(loaded: Reader) -> None:
    found = {item.edition.key: item for item in cycle.strategies(loaded)}

    assert {key: len(item.goals) for key, item in found.items()} == {
        "security-strategy-2019": 11,
        "gbvs": 3,
        "security-strategy-2023": 0,
    }
    assert [view.key for view in found["gbvs"].replaced_by] == ["security-strategy-2023"]
    # Announced, and never seen to appear in these texts.
    assert not found["gbvs"].superseded
    assert all(cell.source.line for row in cycle.cells(loaded).values() for cell in row)


def test_tables_of_the_cycle_name_a_source_and_line_and_words_of_the_catalogues() -> None:
    sources = {row.key for row in tables.load("sources")}
    kinds = {row.kind for row in tables.load("cycle_editions")}

    for name in ("cycle_editions", "review_lines", "strategy_goals", "strategy_cells"):
        for row in tables.load(name):  # type: ignore[call-overload]
            assert row.source in sources
            assert row.line > 0
            assert row.marking == "CLEAR"
    assert kinds <= set(catalogue("edition_kinds").keys())


@pytest.mark.requirement("R007")
def test_the_report_has_eleven_themes_in_order_and_every_statement_with_its_section_and_line(loaded: Reader) -> None:
    made = reports.draft("midterm-review", who=loaded, now=NOW, language="en").document
    themes = [section for section in made.sections if re.match(r"\d+\. ", section.title)]
    labels = [entry.label("en") for entry in catalogue("themes").entries]

    stated = [row for section in themes for row in _rows(section, "statements")]

    assert [section.title for section in themes] == [f"{n}. {label}" for n, label in enumerate(labels, start=1)]
    assert [child.key.rpartition("-")[2] for child in themes[8].sections][:5] == [
        "summary",
        "threat",
        "resilience",
        "approach",
        "verdict",
    ]
    assert len(stated) == 36
    assert all(re.search(r", line \d+", row[-1]) for row in stated)
    assert made.sections[0].key == "introduction"
    assert [section.key for section in made.sections if not section.sections][1:4] == [
        "crisis-management",
        "research-programme",
        "conclusion",
    ]


@pytest.mark.requirement("R008")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "What the midterm review 2021 says and what the letter of 28 November 2022 says"),
        ("nl", "Wat de midterm review 2021 zegt en wat de brief van 28 november 2022 zegt"),
    ],
)
def test_the_report_of_the_difference_has_exactly_that_title(language: str, title: str, loaded: Reader) -> None:
    draft = reports.draft("threat-assessment-difference", who=loaded, now=NOW, language=language)

    assert draft.document.title == title
    assert reports.numbers(draft)["statements"] == [36, 41]


@pytest.mark.requirement("R009")
def test_the_trace_counts_unanswered_findings_and_lists_each(loaded: Reader) -> None:
    draft = reports.draft("commitments-trace", who=loaded, now=NOW, language="en")

    listed = [row for section in draft.document.sections[1:3] for row in _rows(section, "")]

    assert reports.numbers(draft)["unanswered"] == 77
    assert len(listed) == 77
    assert {row[3] for row in listed} == {"unanswered"}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_format_of_every_kind_says_the_same(kind: str, language: str, loaded: Reader) -> None:
    document = reports.draft(kind, who=loaded, now=NOW, language=language).document
    anchor = "zeer waarschijnlijk niet direct bedreigd"

    files = rendering.render(document, reports.FORMATS, made_at=NOW)

    for form, content in files.items():
        text = re.sub(r"\s+", " ", text_of(form, content))
        assert document.title.split()[0] in text, form
        assert anchor in text, form
        assert not re.search(r"\b00[0-4]_[0-9a-f]{8}", text), form


def test_a_review_with_an_empty_part_gives_no_report(loaded: Reader) -> None:
    ReviewLine.objects.filter(part="conclusion").delete()

    with pytest.raises(InputError) as refused:
        reports.draft("midterm-review", who=loaded, now=NOW, language="en")

    assert refused.value.code == "cycle.review_empty"
    assert refused.value.params["places"] == "conclusie / conclusion"


@pytest.mark.parametrize(
    ("kind", "about", "code"),
    [
        ("midterm-review", ("no-such",), "cycle.unknown_edition"),
        ("midterm-review", (LETTER,), "cycle.unknown_edition"),
        ("threat-assessment-difference", (REVIEW,), "cycle.two"),
        ("threat-assessment-difference", (REVIEW, REVIEW), "cycle.same"),
        ("commitments-trace", ("no-such",), "cycle.unknown_edition"),
    ],
)
def test_an_unknown_edition_gives_no_report(kind: str, about: tuple[str, ...], code: str, loaded: Reader) -> None:
    with pytest.raises(Exception) as refused:  # noqa: PT011 - its code is looked at
        reports.draft(kind, who=loaded, now=NOW, language="en", about=about)

    assert getattr(refused.value, "code", "") == code


@pytest.mark.requirement("R004")
def test_a_report_may_be_about_the_editions_that_are_named(loaded: Reader) -> None:
    draft = reports.draft("threat-assessment-difference", who=loaded, now=NOW, language="en", about=(LETTER, REVIEW))

    assert [reports.numbers(draft)[name] for name in ("from", "to")] == [LETTER, REVIEW]


@pytest.mark.requirement("R007")
@pytest.mark.requirement("R008")
def test_frozen_and_made_again_the_editions_have_the_same_digest(loaded: Reader) -> None:
    made = [cycle.freeze(key, reason="As published", who=loaded, now=NOW) for key in (REVIEW, LETTER)]

    again = [cycle.remake(one.edition, one.number, loaded) for one in made]

    assert [one.same for one in again] == [True, True]
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.sha256) for one in made)


def _rows(section: Section, named: str) -> list[list[str]]:
    """The rows of the tables of a section and the sections in it whose key ends with the name, as plain text."""
    found = [section, *section.sections] if not named else [one for one in section.sections if one.key.endswith(named)]
    held = [block for one in found for block in one.blocks if isinstance(block, Table)]
    return [[plain(cell) for cell in row] for table in held for row in table.rows]
