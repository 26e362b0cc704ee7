"""Every embedded row with its source, for whoever may see it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from django.test import Client

from verband.demo import rows, tables
from verband.language.catalogues import catalogue
from verband.rooms.measures import services as measures
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Record
from verband.rooms.risk import services as risk
from verband.workbench.tasks import ingest_upload

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    """The embedded data, and people with different ceilings and tasks, reading English."""
    people.set_up("home", name="Home", profile="coordinator", legal_task="t", source="s")
    who = people.operator()
    for name in ("public_incidents.csv", "policy_incidents.csv"):
        with as_file(files("verband.demo").joinpath("data", name)) as path:
            picture.ingest_file(path, who=who, now=NOW)
    risk.load_statements(rows.statements(), who=who, now=NOW)
    risk.load_theme_texts(rows.theme_texts(), who=who, now=NOW)
    measures.load(rows.commitments(), who=who, now=NOW)
    city = people.add_organisation(
        "city", name_nl="C", name_en="C", legal_task="t", source="s", actor="test", profile="municipality"
    )
    found = {}
    for name, role, organisation, tlp in (
        ("high", "analyst", people.organisation(), "AMBER"),
        ("low", "analyst", people.organisation(), "CLEAR"),
        ("desk", "desk", city, "AMBER"),
    ):
        found[name] = Client(headers={"accept-language": "en"})
        person = people.add_person(name, role=role, organisation=organisation, actor="test", tlp=tlp)
        found[name].force_login(person)
    return found


def exported(client: Client, name: str) -> list[dict[str, str]]:
    text = client.get(f"/data/{name}/?format=csv").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_every_embedded_row_stands_on_its_page_with_a_source(clients: dict[str, Client]) -> None:
    expected = {
        "public-incidents": {row.id for row in tables.load("public_incidents")},
        "policy-incidents": {row.id for row in tables.load("policy_incidents")},
        "statements": {row.id for row in tables.load("statements")},
        "commitments": {row.id for row in tables.load("commitments")},
    }

    found = {name: exported(clients["high"], name) for name in expected}

    assert {name: {row["key"] for row in listed} for name, listed in found.items()} == expected
    assert [row["key"] for listed in found.values() for row in listed if not row["source"].strip()] == []


@pytest.mark.requirement("R019")
def test_a_row_above_the_ceiling_is_absent_and_so_is_its_count(clients: dict[str, Client]) -> None:
    marked = {row.id for row in tables.load("public_incidents") if row.marking != "CLEAR"}

    low = exported(clients["low"], "public-incidents")
    page = clients["low"].get("/data/public-incidents/")

    assert marked
    assert not marked & {row["key"] for row in low}
    assert page.context["total"] == len(low) == len(tables.load("public_incidents")) - len(marked)
    assert "TLP:AMBER" not in page.content.decode()


@pytest.mark.requirement("D1")
def test_the_title_of_a_page_about_a_private_person_is_not_shown(clients: dict[str, Client]) -> None:
    hidden = {row.id: row for row in tables.load("public_incidents") if not row.show_title}

    found = {row["key"]: row["source"] for row in exported(clients["high"], "public-incidents")}
    # An address may hold the number of a ruling, which is also its page's title.
    found = {key: text.replace(hidden[key].source_url, "") for key, text in found.items() if key in hidden}

    assert hidden
    assert [key for key, row in hidden.items() if row.source_title in found[key]] == []
    assert [key for key, row in hidden.items() if row.source_publisher not in found[key]] == []


def test_a_table_of_a_room_that_stays_closed_is_neither_listed_nor_opened(clients: dict[str, Client]) -> None:
    listed = [item["table"].key for item in clients["desk"].get("/data/").context["tables"]]

    assert listed == ["public-incidents", "policy-incidents", "sources"]
    assert clients["desk"].get("/data/statements/").status_code == 403
    assert clients["high"].get("/data/nothing/").status_code == 404


def test_words_find_rows_and_long_tables_come_in_pages(clients: dict[str, Client]) -> None:
    every = clients["high"].get("/data/public-incidents/?page=2")
    some = clients["high"].get("/data/public-incidents/?text=OPCW")

    assert every.context["page"].number == 2
    assert 0 < some.context["n"] < every.context["n"]


def test_the_list_of_policy_texts_is_the_one_of_the_embedded_data() -> None:
    words = catalogue("policy_texts")

    for row in tables.load("sources"):
        entry = words.get(row.key)
        assert (entry.nl, entry.en, entry.fields["number"]) == (row.title_nl, row.title_en, row.kamerstuk)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheet.csv", b"PK\x03\x04 a spreadsheet", ("is a zip file", "is een zip-bestand")),
        ("one.json", b"[", ("stops too early", "houdt te vroeg op")),
        ("deep.json", b"[" * 50_000, ("deeper than", "dieper dan")),
        ("page.csv", b"<html>Sign in</html>", ("a web page or XML", "een webpagina of XML")),
        ("latin.csv", "id,café\n1,2\n".encode("latin-1"), ("is not utf-8", "is geen utf-8")),
        ("zero.csv", b"a,b\n\x00,1\n", ("byte 4 is zero", "byte 4 is nul")),
        ("own.csv", b"what,when\n1,2\n", ("nobody explained", "niemand de kolommen")),
        ("progress.json", b'{"type": "bundle"}', ("holds no STIX objects", "bevat geen STIX-objecten")),
    ],
)
def test_an_upload_that_cannot_be_read_says_so_in_both_languages_and_leaves_nothing(
    clients: dict[str, Client], workspace_folders: Path, name: str, content: bytes, words: tuple[str, str]
) -> None:
    folder = workspace_folders / "uploads" / "one"
    folder.mkdir()
    (folder / name).write_bytes(content)
    before = Record.objects.count()

    found = ingest_upload.call(str(folder / name), "high")

    assert not found["stored"]
    assert words[0] in found["message"]["en"]
    assert words[1] in found["message"]["nl"]
    assert all(found["hint"].values())
    assert (Record.objects.count(), list((workspace_folders / "uploads").iterdir())) == (before, [])


def test_an_upload_under_the_name_of_our_own_notes_is_read_like_any_other(
    clients: dict[str, Client], workspace_folders: Path
) -> None:
    folder = workspace_folders / "uploads" / "one"
    folder.mkdir()
    bundle = {"type": "tool", "id": "tool--00000000-0000-4000-8000-000000000001", "modified": "2025", "name": "T"}
    (folder / "progress.json").write_text(json.dumps([bundle]))

    found = ingest_upload.call(str(folder / "progress.json"), "high")

    assert (found["stored"], found["counts"]["new"]) == (True, 1)


def test_a_status_and_a_term_are_read_and_found_in_dutch_and_exported_as_they_are_stored(
    clients: dict[str, Client],
) -> None:
    reader = clients["low"]
    reader.post("/language/set/", {"language": "nl", "next": "/"})

    page = reader.get("/data/commitments/?text=voorjaar+gepland").content.decode()
    rows = csv.DictReader(
        io.StringIO(reader.get("/data/commitments/?text=voorjaar+gepland&format=csv").content.decode())
    )

    assert '<td class="small">voorjaar 2021</td><td class="small">gepland</td>' in page
    assert {(row["due"], row["status"]) for row in rows} == {("2021-spring", "planned"), ("2023-spring", "planned")}
