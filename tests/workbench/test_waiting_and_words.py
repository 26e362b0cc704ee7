"""What waits for a person is linked with its number, and nobody reads the log's keys or a bare source key."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from verband.language.markings import Marking
from verband.language.policy_texts import cited
from verband.rooms.campaigns import lengths, run_words
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture_room
from verband.rooms.picture.models import Thing
from verband.workbench.field_words import field_words
from verband.workbench.log_words import act_words, actor_words, detail_words, object_words

Browse = Callable[..., Client]
NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
HOMES = {"coordinator": "Nationale coördinator"}


def propose(first: str, second: str, marking: str) -> None:
    numbers = [Thing.objects.get(records__name=name).pk for name in (first, second)]
    proposal = picture_room.Proposal(numbers[0], numbers[1], {"evidence": []}, 6.0, Marking(marking))
    picture_room.propose_same([proposal], actor="connecting 1", now=NOW)


def number_in_navigation(client: Client) -> str:
    found = re.search(r'class="count"><span aria-hidden="true">(\d+)<', client.get("/").content.decode())
    return found[1] if found else ""


@pytest.mark.requirement("P19")
def test_the_navigation_counts_only_pairs_of_which_both_may_be_seen(browse: Browse, picture: None) -> None:
    propose("Cable cut near the coast", "Sites copied", "CLEAR")
    propose("Cable cut near the coast", "Zirconium secret", "CLEAR")

    assert number_in_navigation(browse("ana")) == "2"
    assert number_in_navigation(browse("clea")) == "1"
    assert "1 pair that may be told twice" in browse("clea").get("/").content.decode()
    assert "1 pair</strong>" in browse("clea").get("/incidents/same/").content.decode()


def test_nothing_waits_in_the_navigation_of_an_earlier_day(browse: Browse, picture: None) -> None:
    propose("Cable cut near the coast", "Sites copied", "CLEAR")

    page = browse("ana").get("/?known_on=2030-01-01").content.decode()

    assert 'class="count"' not in page
    assert "told twice" not in page.split("<main")[1]


def test_incidents_are_filtered_by_the_theme_that_the_triangle_counts_them_under(browse: Browse, picture: None) -> None:
    client = browse("ana")

    rows = json.loads(client.get("/incidents/?theme=digital_threats&format=json").content)

    assert [(row["name"], "digital_threats" in row["theme"]) for row in rows] == [("=Sum of outages", True)]
    assert "Theme (our reading)" in client.get("/incidents/").content.decode()
    assert client.get("/incidents/?theme=natural_disasters&format=json").content == b"[]"


def test_the_register_leaves_as_a_table_and_the_log_says_so(browse: Browse) -> None:
    answer = browse("root").get("/account/organisations/?format=csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    log = browse("olga", "nl").get("/oversight/?action=exported").content.decode()

    assert [(row["key"], row["profile"]) for row in rows] == [("home", "coordinator")]
    assert "geëxporteerd" in log
    assert "rijen: 1" in log


def test_the_raw_documents_leave_as_a_list_without_their_bytes(browse: Browse, picture: None) -> None:
    rows = json.loads(browse("ana").get("/upload/?format=json").content)

    assert sorted(row["name"] for row in rows) == ["file-0", "file-1"]
    assert set(rows[0]) == {"name", "format", "bytes", "sha256", "source", "received_at", "received_by"}
    assert json.loads(browse("clea").get("/upload/?format=json").content) == []


def test_the_register_and_the_documents_stay_here_without_the_power(browse: Browse) -> None:
    assert browse("desk").get("/upload/?format=csv").status_code == 403
    assert browse("ana").get("/account/organisations/?format=csv").status_code == 403


@pytest.mark.requirement("D17")
def test_oversight_reads_the_card_of_each_method(browse: Browse) -> None:
    page = browse("olga", "nl").get("/oversight/").content.decode()

    assert "Wat zij nooit leest" in page
    assert "<li>kenmerken van personen</li>" in page
    assert "<dd>Stelt voor welke" in page


def test_paper_names_the_organisation_in_the_language_of_the_page(browse: Browse) -> None:
    assert "Verband · Thuis" in browse("ana", "nl").get("/help/").content.decode()
    assert "Verband · Home" in browse("ana", "en").get("/help/").content.decode()


def test_stored_words_say_their_language_on_a_page_in_another(browse: Browse, picture: None) -> None:
    dutch, english = (browse("ana", language).get("/incidents/").content.decode() for language in ("nl", "en"))

    assert re.search(r'<a [^>]*lang="en">Sites copied</a>', dutch)
    assert re.search(r'<a href="[^"]*">Sites copied</a>', english)


def test_a_closed_room_is_named_in_words(browse: Browse) -> None:
    assert "de kamer &#x27;toezicht&#x27;" in browse("ana", "nl").get("/oversight/").content.decode()


def test_a_signature_is_read_in_words() -> None:
    with override("nl"):
        words = [
            actor_words("ana (analyst, coordinator)", HOMES),
            actor_words(f"{people.COMMAND_LINE} (operator, coordinator)", HOMES),
            actor_words("connecting 1", HOMES),
            actor_words("odd <b> (x)", HOMES),
        ]

    assert words == [
        "ana (analist, Nationale coördinator)",
        "opdrachtregel, Nationale coördinator",
        "verbinden, versie 1",
        "odd <b> (x)",
    ]


def test_an_entry_of_the_log_is_read_in_words() -> None:
    with override("nl"):
        read = [
            act_words("campaign accept"),
            object_words("room oversight"),
            object_words("risk  state_threats"),
            object_words("thing incident--1"),
            object_words("exposure assets"),
            act_words("topology registered"),
            detail_words('{"markings":["TLP:AMBER"],"records":3,"known_on":null}'),
        ]

    assert read == [
        "campagne aangenomen",
        "kamer toezicht",
        "Statelijke dreigingen tegengaan",
        "ding incident--1",
        "blootstelling: Onder zee, havens en voorraden",
        "net in de registers opgenomen",
        "markeringen: TLP:AMBER; records: 3",
    ]


def test_what_the_log_has_no_word_for_stands_as_it_is_written() -> None:
    assert act_words("odd act") == "odd act"
    assert object_words("odd object") == "odd object"
    assert detail_words("no json") == "no json"
    assert field_words("a_field_of_another_source") == ""


def test_a_policy_text_is_cited_by_title_and_number_and_another_source_is_not() -> None:
    letter = cited({"source": "004", "section": "Inleiding", "line": "12"}, "nl")

    assert letter is not None
    assert letter.work == ("Kamerbrief met beleidsreactie op het Dreigingsbeeld Statelijke Actoren 2 · 30 821 nr. 175")
    assert (letter.section, letter.line) == ("Inleiding", "12")
    assert cited({"source": "004"}, "nl") is None
    assert cited({"source": "a paper", "line": "12"}, "nl") is None


@pytest.mark.parametrize(
    ("days", "english", "dutch"),
    [(1, "1 day", "1 dag"), (12, "12 days", "12 dagen"), (92, "3 months", "3 maanden"), (1461, "4 years", "4 jaar")],
)
def test_a_length_of_time_is_said_in_the_unit_that_a_reader_would_use(days: int, english: str, dutch: str) -> None:
    with override("en"):
        assert lengths.duration(days) == english
    with override("nl"):
        assert lengths.duration(days) == dutch


def test_a_setting_of_a_run_is_read_in_words() -> None:
    with override("nl"):
        rows = run_words.method_rows(
            [
                {"name": "p", "value": "0,0280"},
                {"name": "Methode", "value": "connecting 1"},
                {"name": "instelling spans_days", "value": "20.0, 365.0"},
                {"name": "instelling exclude_sources", "value": "-"},
                {"name": "instelling fdr", "value": "0.05"},
            ]
        )

    assert [(row["name"], row["value"]) for row in rows] == [
        ("p", "0,0280"),
        ("Methode", "verbinden, versie 1"),
        ("beproefde tijdspannen", "20 dagen, 12 maanden"),
        ("weggelaten bronnen", "geen"),
        ("hoogste aandeel toeval onder wat wordt voorgesteld", "0,05"),
    ]
