"""The read-only pages of the room."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from django.test import Client

from tests.rooms.measures.test_measures import LAW, LETTER, NOW, reader
from verband.rooms.measures import services
from verband.rooms.people import services as people


@pytest.fixture
def clients(db: None) -> tuple[Client, Client]:
    """One who may see everything here and one who may see what is clear, both reading English."""
    secret = msgspec.structs.replace(LAW, key="COM-009", title_en="hidden act", marking="AMBER")
    services.load([LAW, LETTER, secret], who=reader("upload", tlp="RED"), now=NOW)
    home = people.add_organisation(
        "home", name_nl="H", name_en="H", legal_task="t", source="s", actor="test", profile="ministry"
    )
    found = []
    for name, tlp in (("high", "AMBER"), ("low", "CLEAR")):
        client = Client(headers={"accept-language": "en"})
        client.force_login(people.add_person(name, role="analyst", organisation=home, actor="test", tlp=tlp))
        found.append(client)
    return found[0], found[1]


@pytest.mark.requirement("R103")
def test_a_commitment_s_page_names_source_section_and_line_and_says_that_the_owner_is_inferred(
    clients: tuple[Client, Client],
) -> None:
    page = clients[1].get("/measures/commitments/COM-002/").content.decode()

    for words in ("Letter", "30 821 nr. 72", "Tabel A", "337", "before the summer", "in preparation", "inferred"):
        assert words in page
    assert "Volgens een vaste systematiek" in page


def test_a_filtered_address_exports_the_rows_that_it_shows(clients: tuple[Client, Client]) -> None:
    page = clients[1].get("/measures/commitments/?owner=EZK")
    file = clients[1].get("/measures/commitments/?owner=EZK&format=csv").content.decode()

    assert [row["view"].key for row in page.context["rows"]] == ["COM-002"]
    assert [row["key"] for row in csv.DictReader(io.StringIO(file))] == ["COM-002"]


@pytest.mark.requirement("R019")
def test_no_page_or_export_names_what_lies_above_the_ceiling(clients: tuple[Client, Client]) -> None:
    high, low = clients

    for page in ("/measures/", "/measures/commitments/", "/measures/?format=json"):
        assert "hidden act" in high.get(page).content.decode()
        assert "hidden act" not in low.get(page).content.decode()
        assert "AMBER" not in low.get(page).content.decode()
    assert low.get("/measures/MEA-009/").status_code == 404
    assert low.get("/measures/commitments/COM-009/").status_code == 404


def test_an_unknown_accent_in_the_address_offers_the_nearest(clients: tuple[Client, Client]) -> None:
    answer = clients[0].get("/measures/?accent=interferense")

    assert answer.status_code == 400
    assert "interference" in answer.content.decode()
