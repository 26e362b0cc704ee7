"""Characters that a format cannot carry are made visible, and nothing else is changed."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.rooms.reports.document import Document, Paragraph, Table, say
from verband.rooms.reports.rendering import pdf
from verband.rooms.reports.text import clean, in_print, repertoire

MADE = datetime(2025, 3, 10, tzinfo=UTC)


def paper(*paragraphs: str) -> Document:
    """A document of plain paragraphs."""
    return Document(
        kind="picture",
        language="en",
        title="Paper",
        subtitle="test",
        marking="TLP:GREEN",
        tlp="GREEN",
        made_on="10 March 2025",
        known_on="10 March 2025",
        facts=(),
        summary=tuple(Paragraph(say(text)) for text in paragraphs),
        sections=(),
        labels={"contents": "Contents", "page": "Page", "marking": "Marking", "footer": "foot"},
    )


def read(document: Document) -> str:
    """The text of the document's PDF, without spaces, as one reads it."""
    file = pypdf.PdfReader(io.BytesIO(pdf.render(document, made_at=MADE)))
    text = "".join(page.extract_text() for page in file.pages)
    return unicodedata.normalize("NFC", "".join(text.split()))


def test_a_control_character_is_shown_by_its_number() -> None:
    assert clean("a\x00b\u202ec\ud800") == "a[U+0000]b[U+202E]c[U+D800]"


def test_lines_become_one_line() -> None:
    assert clean("a\nb\tc") == "a b c"


def test_print_shows_a_sign_that_no_font_has_by_its_number() -> None:
    assert in_print("é ё 😀") == "é ё [U+1F600]"


def test_print_leaves_out_joiners_between_signs() -> None:
    assert in_print("a\u200db") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "#set page(width: 1cm) #panic() $x^2$ @label *bold* _em_ `raw` <tag> \\ \\u{41} // comment /* c */ [x] {y}",
        "= Heading\n- item\n+ item\n/ term: x",
        "-- --- ... ' \" ~ => fi ffl https://a.example/?b=c#d",
    ],
)
def test_markup_in_a_name_stays_text(text: str) -> None:
    said = read(paper(text))

    assert "".join(text.split()) in said


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40), min_size=1, max_size=12))
def test_text_in_is_text_out(texts: list[str]) -> None:
    said = read(paper(*texts))

    for text in texts:
        assert "".join(in_print(text).split()) in said


def test_every_character_of_the_repertoire_can_be_set() -> None:
    letters = "".join(letter for letter in sorted(repertoire()) if not unicodedata.combining(letter))

    file = pdf.render(paper(letters), made_at=MADE)

    assert file.startswith(b"%PDF")


def test_a_table_may_hold_markup_in_its_head_and_cells() -> None:
    table = Table("#cap", ("*a*", "$b$"), ((say("_c_"), say("`d`")),))
    document = paper("x")
    whole = Document(**{name: getattr(document, name) for name in document.__struct_fields__} | {"summary": (table,)})

    said = read(whole)

    assert "#cap*a*$b$_c_`d`" in said
