"""The progress letter: totals equal to the tracker, all entries as an annex, as stated and as known later apart."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import docx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from verband.demo import rows
from verband.language.catalogues import catalogue
from verband.language.markings import Ceiling, Marking
from verband.rooms.measures import services as measures
from verband.rooms.measures.progress import services as progress
from verband.rooms.measures.progress.content import Change, Content, Entry, LaterSaid, Said
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.reports import rendering, services
from verband.rooms.reports.document import Bullets, Document, Section, Table, Text, plain, say
from verband.rooms.reports.kinds import progress_letter, statement_tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WHO = Reader(
    "ann", "Ann", "home", "analyst", Ceiling("CLEAR"), frozenset(), frozenset(), frozenset({"upload", "write_report"})
)
ACCENTS = tuple(catalogue("accents").keys())
_WORD = {
    "nl": ("Geachte Voorzitter,", "Hoogachtend,", "Bijlage: alle 144 vastgelegde maatregelen en toezeggingen"),
    "en": ("Dear President,", "Yours sincerely,", "Annex: all 144 measures and commitments on record"),
}
OWED = ("none", "motie", "toezegging", "aangekondigde brief", "rapportage")


@pytest.fixture
def register(db: None) -> None:
    """The 144 commitments of the texts, and an organisation to write from."""
    people.add_organisation("home", name_nl="Huis", name_en="House", legal_task="t", source="s", actor="test")
    measures.load(rows.commitments(), who=WHO, now=NOW)


def made(language: str = "en", about: tuple[str, ...] = ()) -> services.Draft:
    return services.draft("progress-letter", who=WHO, now=NOW, language=language, about=about)


def part(document: Document, key: str) -> Section:
    return next(section for section in document.sections if section.key == key)


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def all_rows(document: Document) -> list[tuple[Text, ...]]:
    return [row for table in tables(part(document, "annex")) for row in table.rows]


def words_of(document: Document) -> str:
    text: str = rendering.as_json(document).decode()
    return text


@pytest.mark.requirement("R104")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.django_db
def test_the_annex_holds_all_144_entries_each_once_with_its_line(register: None, language: str) -> None:
    annex = part(made(language).document, "annex")

    found = [plain(row[0]).split()[0] for table in tables(annex) for row in table.rows]
    assert sorted(found) == [f"COM-{number:03d}" for number in range(1, 145)]
    line = re.compile(r"(regel|line) \d+")
    assert all(line.search(plain(row[4])) for table in tables(annex) for row in table.rows)


@pytest.mark.requirement("R104")
@pytest.mark.django_db
def test_the_totals_equal_those_of_the_tracker(register: None) -> None:
    tracked = progress.tracked(WHO, on=NOW.date())

    said = services.numbers(made())

    assert {name: said[name] for name in progress.counts(tracked)} == progress.counts(tracked)
    assert (said["all"], said["owed"]) == (144, 22)


@pytest.mark.requirement("R107")
@pytest.mark.django_db
def test_what_is_owed_stands_under_its_accent_and_all_22_stand_somewhere(register: None) -> None:
    document = made().document

    found = {key: sum(len(table.rows) for table in tables(part(document, key.replace("_", "-")))) for key in ACCENTS}
    assert found == {
        "proactive_action": 0,
        "economic_and_knowledge_security": 10,
        "interference": 2,
        "democratic_processes": 1,
        "generic": 9,
    }


@pytest.mark.requirement("R103")
@pytest.mark.django_db
def test_a_status_stands_as_stated_with_its_line_and_what_is_known_later_stands_apart(register: None) -> None:
    told = {"state": "late", "text": "Moved to spring.", "source": "Letter 2", "day": "2026-05-01", "marking": ""}
    progress.keep_later("COM-091", told, who=WHO, now=NOW)

    section = part(made("nl").document, "economic-and-knowledge-security")

    row = next(row for row in tables(section)[0].rows if "COM-091" in plain(row[0]))
    assert (
        plain(row[2]) == "uiterlijk 31 december 2022 (volgens de bron: 31 december 2022) – gestelde termijn verstreken"
    )
    assert (
        plain(row[3])
        == "toegezegd (vermeld 2022-11-28) · 30 821 nr. 175, 2b, regel 156 “voor het eind van het jaar nader”"
    )
    assert plain(row[4]) == "vertraagd: Moved to spring. (bron: Letter 2; 1 mei 2026)"


@pytest.mark.django_db
def test_the_dutch_letter_holds_no_english_word_for_a_status_or_a_term(register: None) -> None:
    document = made("nl").document
    cells = [(row[3], row[4][:2]) for row in all_rows(document)]

    english = {one.status_as_stated for one in rows.commitments()} - {"", "open"}
    found = re.compile(rf"\b({'|'.join(map(re.escape, english))}|coming years|before the|spring|Q\d)\b")
    assert len(cells) == 144
    assert [plain(cell) for pair in cells for cell in pair if found.search(plain(cell))] == []
    assert {span.lang for pair in cells for cell in pair for span in cell} == {""}
    said = " ".join(plain(term) for term, _status in cells)
    assert "(volgens de bron: voorjaar 2021)" in said
    assert "(volgens de bron: voor de zomer (van 2019))" in said


@pytest.mark.django_db
def test_a_status_and_a_term_without_dutch_words_stand_as_they_are_marked_as_english(register: None) -> None:
    before = next(one for one in rows.commitments() if one.key == "COM-091")
    changed = msgspec.structs.replace(before, status_as_stated="pending", due_as_stated="in due course")
    measures.load([changed], who=WHO, now=NOW)

    row = next(row for row in all_rows(made("nl").document) if plain(row[0]).startswith("COM-091"))

    english = [span.text for cell in row for span in cell if span.lang == "en"]
    assert english == ["in due course", "pending"]


@pytest.mark.django_db
def test_the_table_of_a_review_has_the_status_in_the_document_s_language(register: None) -> None:
    views = [view for view in measures.commitments(WHO) if view.key in ("COM-091", "COM-093")]

    found = {
        language: [row[2] for row in statement_tables.commitments(views, Words(language), caption="c").rows]
        for language in ("nl", "en")
    }

    assert found == {
        "nl": [say("toegezegd"), say("wordt uitgevoerd")],
        "en": [say("promised"), say("being carried out")],
    }


@pytest.mark.parametrize(
    ("language", "term", "status", "marked"),
    [
        (
            "nl",
            "COM-091: de termijn volgens de bron was 31 december 2022 en is tweede kwartaal 2024.",
            "COM-091: de status volgens de bron was toegezegd en is pending.",
            ["pending"],
        ),
        (
            "en",
            "COM-091: the term as stated was 31 December 2022 and is second quarter of 2024.",
            "COM-091: the status as stated was promised and is pending.",
            [],
        ),
    ],
)
def test_what_changed_is_told_in_the_words_of_the_document(
    language: str, term: str, status: str, marked: list[str]
) -> None:
    changed = (Change("COM-091", "due", "2022-12-31", "2024-Q2"), Change("COM-091", "status", "promised", "pending"))
    content = Content(title="T", day=date(2026, 6, 1), entries=(), since=date(2026, 1, 1), changes=changed)
    basis = Basis(WHO, Words(language), NOW, None, None, "House")

    document = progress_letter.written(content, basis, state="draft", marking=Marking())

    (bullets,) = [block for block in part(document, "changes").blocks if isinstance(block, Bullets)]
    assert [plain(line) for line in bullets.lines] == [term, status]
    assert [span.text for line in bullets.lines for span in line if span.lang] == marked


@pytest.mark.requirement("R103")
@pytest.mark.django_db
def test_at_the_earliest_is_not_overdue_in_the_letter(register: None) -> None:
    annex = part(made().document, "annex")

    row = next(row for table in tables(annex) for row in table.rows if plain(row[0]).startswith("COM-086"))
    assert "no end stated" in plain(row[3])
    assert "past" not in plain(row[3])


@pytest.mark.requirement("R104")
@pytest.mark.django_db
def test_a_draft_shows_the_missing_contributions_and_says_on_every_page_that_it_is_one(register: None) -> None:
    document = made("nl").document
    file = rendering.render(document, ("pdf",), made_at=NOW)["pdf"]

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]
    assert "CONCEPT: er ontbreken bijdragen van BHOS, BZ, BZK, EZK, IenW, JenV, OCW en RIVM." in words_of(document)
    assert all("CONCEPT" in page for page in pages)


@pytest.mark.requirement("R104")
@pytest.mark.django_db
def test_a_letter_that_was_sent_is_made_again_from_what_was_fixed(register: None) -> None:
    key = progress.open_letter({"title": "T", "day": "2026-06-01", "reason": "r"}, who=WHO, now=NOW)
    for owner in progress.letter(key, WHO).owners:
        given = {"owner": owner, "text": f"Word of {owner}.", "source": "Mail", "day": "2026-05-01"}
        progress.contribute(key, given, who=WHO, now=NOW)
    for step in ("agree", "send"):
        progress.move_letter(key, step, reason="r", who=WHO, now=NOW)
    before = made(about=(key,)).document
    told = {"state": "fulfilled", "text": "Done.", "source": "s", "day": "2026-05-01", "marking": ""}
    progress.keep_later("COM-091", told, who=WHO, now=NOW)

    after = made(about=(key,)).document

    assert rendering.as_json(after) == rendering.as_json(before)
    assert after.notice == ""
    assert "Word of RIVM." in words_of(after)
    assert progress.letter(key, WHO).sha256 in words_of(after)


@pytest.mark.requirement("R104")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.django_db
def test_the_word_file_is_a_letter_with_headings_that_an_official_can_edit(register: None, language: str) -> None:
    file = rendering.render(made(language).document, ("docx",), made_at=NOW)["docx"]
    letter = docx.Document(io.BytesIO(file))

    texts = [paragraph.text for paragraph in letter.paragraphs]
    headings = [one for one in letter.paragraphs if one.style.name == "Heading 1"]
    dear, yours, annex = _WORD[language]
    assert texts.index(dear) < texts.index(yours)
    assert [one.text for one in headings if one.paragraph_format.page_break_before] == [annex]
    assert len(headings) >= 10
    assert sum(len(table.rows) - 1 for table in letter.tables) > 144


@pytest.mark.django_db
def test_a_register_without_commitments_gives_a_letter_that_says_so() -> None:
    people.add_organisation("home", name_nl="Huis", name_en="House", legal_task="t", source="s", actor="test")

    document = made().document

    assert "Nothing is on record as owed to the House." in words_of(document)
    assert rendering.render(document, ("html", "pdf", "docx"), made_at=NOW)


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries in any mixture of accent, what is owed, term and later state."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        state = draw(st.sampled_from((None, *progress.STATES)))
        later = LaterSaid(state, f"text {number}", "source", date(2026, 1, 1)) if state else None
        found.append(
            Entry(
                key=f"COM-{number:03d}",
                title_nl=f"belofte {number}",
                title_en=f"promise {number}",
                kind="letter",
                accent=draw(st.sampled_from(ACCENTS)),
                owner=draw(st.sampled_from(("EZK", "BZ", "RIVM"))),
                owner_inferred=False,
                owed=draw(st.sampled_from((*OWED, "schriftelijke vraag"))),
                papers=(),
                stated_on="2022",
                due="2022",
                term_kind="end",
                term_rule="year",
                first=date(2022, 1, 1),
                last=date(2022, 12, 31),
                status="promised",
                source_nl="Brief",
                source_en="Letter",
                source_number="",
                section="2b",
                line=number,
                anchor_nl="",
                later=later,
                overdue=draw(st.booleans()),
            )
        )
    return tuple(found)


@pytest.mark.requirement("R104")
@pytest.mark.requirement("P15")
@given(entries(), st.sampled_from(("nl", "en")))
@settings(max_examples=60, deadline=None)
def test_whatever_is_on_record_every_total_in_the_letter_is_that_of_the_register(
    held: tuple[Entry, ...], language: str
) -> None:
    content = Content(
        title="T", day=date(2026, 6, 1), entries=held, contributions=(Said("EZK", "t", "s", date(2026, 1, 1), "ann"),)
    )
    basis = Basis(WHO, Words(language), NOW, None, None, "House")

    document = progress_letter.written(content, basis, state="draft", marking=Marking())

    (totals,) = tables(part(document, "counts"))
    columns = list(zip(*[[int(plain(cell)) for cell in row[1:]] for row in totals.rows], strict=True))
    owed = [row for key in ACCENTS for table in tables(part(document, key.replace("_", "-"))) for row in table.rows]
    annex = [plain(row[0]).split()[0] for table in tables(part(document, "annex")) for row in table.rows]
    last = [column[-1] for column in columns]
    assert [sum(column[:-1]) for column in columns] == last
    assert last[:3] == [len(held), sum(one.owed != "none" for one in held), sum(one.overdue for one in held)]
    assert sum(last[3:]) == len(held)
    assert last[3] == sum(one.later is not None and one.later.state == "fulfilled" for one in held)
    assert sorted(annex) == [one.key for one in held]
    assert len(owed) == last[1]
