"""What a status or a term says stands in the reader's language; what has no words there says that it is English."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import msgspec
import pytest
from django.test import Client
from django.utils import translation

from tests.rooms.measures.progress.conftest import NOW, WRITER, row
from tests.rooms.risk.test_pages import sign_in
from verband.demo import rows
from verband.language.catalogues import catalogue
from verband.rooms.measures import services
from verband.rooms.measures.progress import letters
from verband.rooms.measures.stated import Shown, options, stated

__all__ = ["sign_in"]
STATUSES = sorted({one.status_as_stated for one in rows.commitments()} - {""})
TERMS = sorted({one.due_as_stated for one in rows.commitments()} - {""})
#: What is the same word in both languages.
ALIKE = {"open"}
ENGLISH = re.compile(rf"\b({'|'.join(re.escape(text) for text in STATUSES if text not in ALIKE)})\b")
UNKNOWN = "pending <further> notice"
PAGES = ("/measures/", "/measures/register/", "/measures/commitments/", "/measures/commitments/COM-091/")


@pytest.fixture
def dutch(db: None, sign_in: Callable[..., Client]) -> Client:
    """Reads Dutch, with the commitments of the texts."""
    services.load(rows.commitments(), who=WRITER, now=NOW)
    client = sign_in("dutch")
    client.post("/language/set/", {"language": "nl", "next": "/"})
    return client


def read(client: Client, address: str) -> str:
    """What a person reads on a page: no tags, no attributes, no data of figures."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", client.get(address).content.decode())
    assert '<html lang="nl">' in page
    return re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize("text", [*STATUSES, *TERMS])
def test_every_status_and_term_of_the_embedded_table_has_a_dutch_form(text: str) -> None:
    shown = stated(text, "nl")

    assert (shown.lang, bool(shown.text)) == ("", True)
    assert shown.text != text or text in ALIKE or re.fullmatch(r"\d{4}", text)


def test_the_catalogue_holds_the_words_of_the_embedded_table_each_as_it_is_stored_and_no_others() -> None:
    entries = catalogue("stated_words").entries

    of = {name: sorted(entry.en for entry in entries if entry.fields["of"] == name) for name in ("status", "term")}
    assert of == {"status": STATUSES, "term": [text for text in TERMS if not re.match(r"\d{4}", text)]}


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("2022", "2022", "2022"),
        ("2022-12-31", "31 december 2022", "31 December 2022"),
        ("2023-03", "maart 2023", "March 2023"),
        ("2023-Q1", "eerste kwartaal 2023", "first quarter of 2023"),
        ("2023-Q4", "vierde kwartaal 2023", "fourth quarter of 2023"),
        ("2021-spring", "voorjaar 2021", "spring 2021"),
        ("2024-summer", "zomer 2024", "summer 2024"),
        ("2024-autumn", "najaar 2024", "autumn 2024"),
        ("2024-winter", "winter 2024", "winter 2024"),
        ("2022-2027", "2022 tot en met 2027", "2022 to 2027"),
    ],
)
def test_a_code_is_put_into_words_in_either_language(text: str, dutch: str, english: str) -> None:
    with translation.override("fr"):
        assert (stated(text, "nl"), stated(text, "en")) == (Shown(dutch), Shown(english))


def test_english_words_stay_as_they_are_stored_for_who_reads_english() -> None:
    assert [stated(text, "en") for text in STATUSES] == [Shown(text) for text in STATUSES]
    assert stated("before the summer (of 2019)", "en") == Shown("before the summer (of 2019)")


@pytest.mark.parametrize("text", [UNKNOWN, "2023-Q5", "2023-02-30", "2027-2022", "in due course"])
def test_what_has_no_words_is_shown_as_it_is_and_says_that_it_is_english(text: str) -> None:
    assert stated(text, "nl") == Shown(text, "en")
    assert stated(text, "en") == Shown(text)


def test_nothing_stated_is_nothing_and_not_english() -> None:
    assert stated("", "nl") == Shown("")


def test_a_filter_offers_the_stored_text_in_order_of_the_reader_s_words() -> None:
    assert options(["announced", "sent", "running"], "nl") == [
        ("announced", Shown("aangekondigd")),
        ("running", Shown("loopt")),
        ("sent", Shown("verzonden")),
    ]


@pytest.mark.parametrize("address", PAGES)
def test_a_dutch_page_of_the_room_holds_no_english_word_for_a_status(dutch: Client, address: str) -> None:
    text = read(dutch, address)

    assert ENGLISH.findall(text) == []
    assert "toegezegd" in text or "loopt" in text


def test_a_dutch_page_has_terms_in_words(dutch: Client) -> None:
    text = read(dutch, "/measures/commitments/")

    for words in ("voor de zomer (van 2019)", "voorjaar 2021", "eerste kwartaal 2023", "komende jaren"):
        assert words in text
    assert re.findall(r"\d{4}-(?:Q\d|spring|autumn)|coming years|before the", text) == []


def test_a_dutch_page_of_a_letter_holds_no_english_word_for_a_status(dutch: Client) -> None:
    told = {"title": "Brief", "day": NOW.date().isoformat(), "reason": "r", "marking": "CLEAR"}
    key = letters.open_letter(told, who=WRITER, now=NOW)

    text = read(dutch, f"/measures/letters/{key}/")

    assert ENGLISH.findall(text) == []
    assert "toegezegd" in text


@pytest.mark.parametrize("address", ["/measures/commitments/", "/measures/commitments/COM-900/"])
def test_an_unknown_status_and_term_stand_on_a_dutch_page_as_they_are_marked_as_english(
    dutch: Client, address: str
) -> None:
    services.load([row("COM-900", status_as_stated=UNKNOWN, due_as_stated="in due course")], who=WRITER, now=NOW)

    page = dutch.get(address).content.decode()

    assert '<span lang="en">pending &lt;further&gt; notice</span>' in page
    assert '<span lang="en">in due course</span>' in page


def test_a_filter_marks_an_unknown_status_as_english_and_asks_for_the_stored_text(dutch: Client) -> None:
    services.load([row("COM-900", status_as_stated=UNKNOWN)], who=WRITER, now=NOW)

    page = dutch.get("/measures/commitments/?status=being+carried+out")

    text = page.content.decode()
    assert '<option value="pending &lt;further&gt; notice" lang="en">pending &lt;further&gt; notice</option>' in text
    assert '<option value="being carried out" selected>wordt uitgevoerd</option>' in text
    assert {one["view"].status_as_stated for one in page.context["rows"]} == {"being carried out"}


def test_files_keep_the_stored_text_for_whoever_reads_dutch(dutch: Client) -> None:
    text = dutch.get("/measures/commitments/?status=planned&format=csv").content.decode()

    found = list(csv.DictReader(io.StringIO(text)))
    assert {one["status_as_stated"] for one in found} == {"planned"}
    assert {"2021-spring", "from the autumn of 2023"} <= {one["due_as_stated"] for one in found}


def test_what_changed_since_the_last_letter_is_told_in_the_reader_s_words(dutch: Client) -> None:
    told = {"day": NOW.date().isoformat(), "reason": "r", "marking": "CLEAR"}
    key = letters.open_letter({**told, "title": "Eerste"}, who=WRITER, now=NOW)
    for owner in letters.letter(key, WRITER).owners:
        given = {"owner": owner, "text": "t", "source": "s", "day": NOW.date().isoformat()}
        letters.contribute(key, given, who=WRITER, now=NOW)
    for step in ("agree", "send"):
        letters.move(key, step, reason="r", who=WRITER, now=NOW)
    before = next(one for one in rows.commitments() if one.key == "COM-091")
    changed = msgspec.structs.replace(before, status_as_stated=UNKNOWN, due_as_stated="2024-Q2")
    services.load([changed], who=WRITER, now=NOW)
    after = letters.open_letter({**told, "title": "Tweede"}, who=WRITER, now=NOW)

    page = dutch.get(f"/measures/letters/{after}/").content.decode()

    assert "termijn volgens de bron: was 31 december 2022, werd tweede kwartaal 2024" in page
    unknown = '<span lang="en">pending &lt;further&gt; notice</span>'
    assert f"status volgens de bron: was toegezegd, werd {unknown}" in page
