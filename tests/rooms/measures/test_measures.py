"""Measures and commitments: loaded once, read under a ceiling, as stated."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.measures import services
from verband.rooms.measures.services import CommitmentRow, Filter
from verband.rooms.people.services import Reader

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)

LAW = CommitmentRow(
    key="COM-001",
    kind="law",
    title_nl="wet op de proef",
    title_en="act on the trial",
    owner="JenV",
    owner_basis="stated",
    accent="economic_security",
    accent_verified=True,
    theme="state_threats",
    due_as_stated="before the summer",
    status_as_stated="in preparation",
    source_nl="Brief",
    source_en="Letter",
    source_number="30 821 nr. 72",
    section="Tabel A",
    line=337,
    anchor_nl="Volgens een vaste systematiek",
)
LETTER = msgspec.structs.replace(
    LAW,
    key="COM-002",
    kind="letter",
    title_en="letter on the trial",
    owner="EZK",
    owner_basis="inferred",
    accent="generic",
)


def reader(*powers: str, tlp: str = "CLEAR") -> Reader:
    return Reader("ann", "Ann", "home", "analyst", Ceiling(tlp), frozenset(), frozenset(), frozenset(powers))


@pytest.mark.django_db
def test_a_law_is_a_measure_as_well_and_a_letter_is_a_commitment_only() -> None:
    who = reader("upload")

    loaded = services.load([LAW, LETTER], who=who, now=NOW)

    assert (loaded.new, loaded.measures, loaded.refused) == (2, 1, ())
    assert [view.key for view in services.measures(who)] == ["MEA-001"]
    assert [(view.key, view.measure) for view in services.commitments(who)] == [("COM-001", "MEA-001"), ("COM-002", "")]


@pytest.mark.django_db
@pytest.mark.requirement("R103")
def test_term_and_status_stay_as_stated_with_the_place_that_says_so() -> None:
    who = reader("upload")

    services.load([LETTER], who=who, now=NOW)

    view = services.commitment("COM-002", who)
    assert (view.due_as_stated, view.status_as_stated) == ("before the summer", "in preparation")
    assert (view.source.title_en, view.source.number, view.source.line) == ("Letter", "30 821 nr. 72", 337)
    assert view.owner_inferred


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_logs_nothing() -> None:
    who = reader("upload")
    services.load([LAW, LETTER], who=who, now=NOW)
    before = len(list(audit.entries()))

    again = services.load([LAW, LETTER], who=who, now=LATER)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert len(list(audit.entries())) == before


@pytest.mark.django_db
@pytest.mark.requirement("R103")
def test_a_status_that_changes_is_never_overwritten() -> None:
    who = reader("upload")
    services.load([LAW], who=who, now=NOW)

    services.load([msgspec.structs.replace(LAW, status_as_stated="adopted")], who=who, now=LATER)

    then = int(NOW.timestamp())
    assert [view.status_as_stated for view in services.measures(who)] == ["adopted"]
    assert [view.status_as_stated for view in services.measures(who, known_on=then)] == ["in preparation"]


@pytest.mark.django_db
@pytest.mark.requirement("R107")
def test_each_measure_has_one_accent_and_an_unknown_one_is_refused_with_the_nearest() -> None:
    who = reader("upload")

    loaded = services.load([LAW, msgspec.structs.replace(LAW, key="COM-003", accent="interferense")], who=who, now=NOW)

    assert [view.accent for view in services.measures(who)] == ["economic_and_knowledge_security"]
    assert [(row.key, "interference" in row.reason) for row in loaded.refused] == [("COM-003", True)]


@pytest.mark.django_db
@pytest.mark.requirement("R010")
def test_each_filter_gives_the_rows_that_carry_the_word_and_no_other() -> None:
    who = reader("upload")
    services.load([LAW, LETTER], who=who, now=NOW)

    by_owner = services.commitments(who, Filter.from_query({"owner": ["EZK"]}))
    by_accent = services.commitments(who, Filter.from_query({"accent": ["economische veiligheid"]}))
    by_interest = services.commitments(who, Filter.from_query({"interest": ["economic_security"]}))
    by_text = services.commitments(who, Filter.from_query({"text": ["Létter"]}))

    assert [view.key for view in by_owner] == ["COM-002"]
    assert [view.key for view in by_accent] == ["COM-001"]
    assert [view.key for view in by_interest] == ["COM-001"]
    assert [view.key for view in by_text] == ["COM-002"]


@pytest.mark.django_db
def test_a_measure_serves_the_interest_that_its_accent_and_theme_share_and_says_that_it_is_a_reading() -> None:
    who = reader("upload")

    services.load([LAW], who=who, now=NOW)

    found = services.coverage(who)
    assert list(found) == [("economic_security", "state_threats")]
    assert [item.verified for item in services.measure("MEA-001", who).coverage] == [False]


@pytest.mark.django_db
@pytest.mark.requirement("R019")
def test_what_lies_above_the_ceiling_gives_no_row_count_filter_word_or_page() -> None:
    secret = msgspec.structs.replace(LAW, key="COM-009", owner="Elsewhere", marking="AMBER")
    services.load([LETTER, secret], who=reader("upload", tlp="RED"), now=NOW)

    low = reader()

    assert services.measures(low) == []
    assert [view.key for view in services.commitments(low)] == ["COM-002"]
    assert services.choices(services.commitments(low)).owners == ("EZK",)
    assert services.coverage(low) == {}
    with pytest.raises(NotFoundError):
        services.measure("MEA-009", low)
    assert [view.key for view in services.measures(reader(tlp="AMBER"))] == ["MEA-009"]


@pytest.mark.django_db
def test_loading_needs_the_power_and_the_refusal_is_logged() -> None:
    with pytest.raises(RefusedError):
        services.load([LAW], who=reader(), now=NOW)

    assert [entry.action for entry in audit.entries()] == ["refused"]


@pytest.mark.django_db
def test_an_export_holds_the_words_as_stated_and_each_row_s_marking() -> None:
    who = reader("upload")
    services.load([LAW], who=who, now=NOW)

    (row,) = services.exported(services.measures(who))

    assert row["status_as_stated"] == "in preparation"
    assert (row["marking"], row["interests"], row["line"]) == ("TLP:CLEAR", "economic_security", "337")
    assert json.loads(json.dumps(row)) == row


def test_a_file_names_the_column_that_is_missing_and_the_nearest_one(tmp_path: Path) -> None:
    file = tmp_path / "commitments.csv"
    file.write_text("id,typ,title_en,owner,owner_basis,accent,source\n", "utf-8")

    with pytest.raises(InputError) as error:
        services.read_rows(file, titles={})

    assert "type" in str(error.value)
    assert "typ" in error.value.hint()


def test_a_file_s_source_is_a_key_or_a_title_in_words(tmp_path: Path) -> None:
    file = tmp_path / "commitments.csv"
    file.write_text(
        "id,type,title_en,owner,owner_basis,accent,source,line\n"
        "A-1,law,one,JenV,stated,generic,001,12\nA-2,law,two,JenV,stated,generic,Some letter,\n",
        "utf-8",
    )

    first, second = services.read_rows(file, titles={"001": ("Brief", "Letter", "30 821 nr. 72")})

    assert (first.source_nl, first.source_en, first.source_number, first.line) == (
        "Brief",
        "Letter",
        "30 821 nr. 72",
        12,
    )
    assert (second.source_en, second.line) == ("Some letter", None)


@pytest.mark.parametrize("line", ["two", "-1", "9" * 5_000])
def test_a_line_number_that_is_none_is_an_error_with_its_row(line: str, tmp_path: Path) -> None:
    file = tmp_path / "commitments.csv"
    file.write_text(
        f"id,type,title_en,owner,owner_basis,accent,source,line\nA-1,law,x,J,stated,generic,s,{line}\n", "utf-8"
    )

    with pytest.raises(InputError) as error:
        services.read_rows(file, titles={})

    assert "A-1" in str(error.value)


def test_every_kind_says_whether_it_is_a_measure_and_why_not() -> None:
    for kind in services.kinds().values():
        assert kind.nl and kind.en  # noqa: PT018 - both words
        assert kind.measure == (not kind.reason)
