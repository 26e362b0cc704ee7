"""The four formats: each sound in its own kind, and all saying the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from functools import cache
from html.parser import HTMLParser

import docx
import msgspec
import pypdf
import pytest

from tests.rooms.reports.conftest import NOW, ROWS
from verband.rooms.method_cards import MethodCard
from verband.rooms.people.services import Reader
from verband.rooms.reports import rendering, services
from verband.rooms.reports.document import Chart, Document, Table, say
from verband.rooms.reports.kinds import cards
from verband.rooms.reports.rendering import figures, word

ODD = "Odd # $ @ * _ <b>&amp;</b> \\ \"q\" 's' `c` [x] {{ y }} {% z %} é"


@pytest.fixture
def document(ann: Reader, runs: object) -> Document:
    return services.draft("picture", who=ann, now=NOW, language="en").document


@pytest.fixture
def files(document: Document) -> dict[str, bytes]:
    return rendered(rendering.as_json(document))


@cache
def rendered(value: bytes) -> dict[str, bytes]:
    """Every format of a document, drawn once for all tests."""
    return rendering.render(msgspec.json.decode(value, type=Document), services.FORMATS, made_at=NOW)


def paper(files: dict[str, bytes]) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files["pdf"]))


def test_the_pdf_calls_itself_pdf_ua_and_is_tagged(files: dict[str, bytes]) -> None:
    root = paper(files).trailer["/Root"].get_object()

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert re.search(rb"pdfuaid:part(>|=\")1", root["/Metadata"].get_object().get_data())


def test_the_pdf_has_title_language_headings_and_alternative_texts(files: dict[str, bytes]) -> None:
    reader = paper(files)
    root = reader.trailer["/Root"].get_object()

    kinds, alternatives = _structure(root["/StructTreeRoot"].get_object())

    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Threat picture")
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= kinds
    assert len(alternatives) == 5
    assert all(len(words) > 20 for words in alternatives)


def test_every_page_of_the_pdf_carries_the_marking_twice_and_its_number(files: dict[str, bytes]) -> None:
    pages = paper(files).pages

    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert text.count("TLP:AMBER") >= 2
        assert f"Page {number} / {len(pages)}" in text


def test_the_html_needs_nothing_from_outside(files: dict[str, bytes]) -> None:
    page = files["html"].decode()

    assert '<html lang="en">' in page
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!https?://|#|data:,)', page)
    assert not re.search(r"url\((?!#)", page)
    assert page.count("<svg") == 5


def test_names_in_the_html_are_unique_and_every_picture_says_what_it_shows(files: dict[str, bytes]) -> None:
    found = _Names()
    found.feed(files["html"].decode())

    assert len(found.ids) == len(set(found.ids))
    assert found.pictures == 5
    assert found.headings[0] == "h1"


def test_the_docx_has_headings_header_rows_alternative_texts_and_its_marking(files: dict[str, bytes]) -> None:
    file = docx.Document(io.BytesIO(files["docx"]))
    xml = file.element.xml

    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.style]
    assert file.core_properties.language == "en"
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(styles)
    assert xml.count("<w:tblHeader") == len(file.tables)
    assert xml.count('descr="') == 5
    section = file.sections[0]
    assert "TLP:AMBER" in section.header.paragraphs[0].text
    assert "TLP:AMBER" in section.footer.paragraphs[0].text


def test_the_docx_carries_no_clock_but_the_one_given(document: Document) -> None:
    other = datetime(2024, 1, 1, tzinfo=NOW.tzinfo)

    made = word.render(document, made_at=other)

    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_the_json_is_the_document_value(document: Document, files: dict[str, bytes]) -> None:
    assert msgspec.json.decode(files["json"], type=Document) == document


def test_all_formats_say_the_same(files: dict[str, bytes]) -> None:
    value = json.loads(files["json"])
    file = docx.Document(io.BytesIO(files["docx"]))
    page = _Names()
    page.feed(files["html"].decode())
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    read = {
        "pdf": _squeezed("".join(sheet.extract_text() for sheet in paper(files).pages)),
        "html": _squeezed("".join(page.text)),
        "docx": _squeezed("".join([paragraph.text for paragraph in file.paragraphs] + cells)),
    }

    # Lines of the paper that break over two pages are read with the foot of the page between them.
    wanted = [section["title"] for section in value["sections"]] + [title for _, title, *_ in ROWS[1:]]
    for form, said in read.items():
        missing = [words for words in wanted if _squeezed(words) not in said]
        assert not missing, (form, missing)


def test_odd_characters_pass_through_every_format(monkeypatch: pytest.MonkeyPatch, ann: Reader) -> None:
    monkeypatch.setattr(cards, "cards", lambda language: (MethodCard(ODD, ODD, (("purpose", (ODD,)),)),))
    made = services.draft("algorithm-cards", who=ann, now=NOW, language="en").document

    files = rendering.render(made, services.FORMATS, made_at=NOW)

    page = _Names()
    page.feed(files["html"].decode())
    assert _squeezed(ODD) in _squeezed("".join(sheet.extract_text() for sheet in paper(files).pages))
    assert _squeezed(ODD) in _squeezed("".join(page.text))
    assert ODD in docx.Document(io.BytesIO(files["docx"])).paragraphs[-2].text
    assert ODD in json.loads(files["json"])["sections"][0]["title"]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _structure(node: object) -> tuple[set[str], list[str]]:
    """Kinds of structure elements below a node, and the alternative texts of its figures."""
    kinds: set[str] = set()
    alternatives: list[str] = []
    waiting = [node]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            kinds.add(str(item.get("/S", "")))
            if item.get("/S") == "/Figure":
                alternatives.append(str(item.get("/Alt", "")))
            waiting.append(item.get("/K", []))
    return kinds, alternatives


class _Names(HTMLParser):
    """Ids, headings, pictures and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.text: list[str] = []
        self.pictures = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)
        self.pictures += given.get("role") == "img" and bool(given.get("aria-label"))
        self._hidden += tag in ("style", "svg")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "svg")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


@pytest.mark.parametrize(("language", "mark"), [("nl", "1.200"), ("en", "1,200")])
def test_the_numbers_of_a_chart_are_written_as_in_the_language_of_the_report(language: str, mark: str) -> None:
    spec = {
        "data": {"values": [{"node": "a", "lost": 1200.0}]},
        "mark": "bar",
        "encoding": {"x": {"field": "lost", "type": "quantitative"}, "y": {"field": "node", "type": "nominal"}},
    }
    table = Table("Lost", ("node",), ((say("a"),),), (1,))

    drawn = figures.svg(Chart("Lost", "One bar", spec, table), number=0, language=language)

    assert f">{mark}</text>" in drawn
