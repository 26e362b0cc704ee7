"""The pages of the workbench: each answers in both languages, and tables, exports and filters agree."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from verband.rooms.audit import services as audit

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/incidents/",
    "/search/?q=cable",
    "/upload/",
    "/help/",
    "/language/",
    "/language/domains/",
    "/language/person_features/",
    "/account/",
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_an_analyst(address: str, language: str, browse: Browse, picture: None) -> None:
    answer = browse("ana", language).get(address)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_in_an_empty_workspace(address: str, browse: Browse) -> None:
    assert browse("ana").get(address).status_code == 200


def test_an_empty_picture_says_what_to_do_first(browse: Browse) -> None:
    page = browse("ana").get("/").content.decode()

    assert 'href="/upload/"' in page
    assert "verband ingest" in page


@pytest.mark.requirement("R108")
def test_oversight_brings_no_file_in(browse: Browse) -> None:
    answer = browse("olga").post("/upload/", {"file": SimpleUploadedFile("x.csv", b"a,b\n")})

    assert answer.status_code == 403
    assert "file received" not in audit.actions()


@pytest.mark.parametrize("address", ["/oversight/", "/account/organisations/"])
def test_oversight_reads_the_log_and_the_register(address: str, browse: Browse) -> None:
    assert browse("olga").get(address).status_code == 200


def test_csv_json_and_table_hold_the_same_rows(browse: Browse, picture: None) -> None:
    client, address = browse("ana"), "/incidents/?country=NL"

    page = client.get(address).content.decode()
    from_csv = list(csv.DictReader(io.StringIO(client.get(f"{address}&format=csv").content.decode())))
    from_json = json.loads(client.get(f"{address}&format=json").content)

    names = re.findall(r'<td><a href="/incidents/things/[^"]+">([^<]+)</a>', page)
    assert names == [row["name"] for row in from_json] == ["Cable cut near the coast", "=Sum of outages"]
    assert [row["id"] for row in from_csv] == [row["id"] for row in from_json]
    assert [row["certainty_as_stated"] for row in from_csv] == ["stated as fact", "suspected"]


def test_a_spreadsheet_runs_no_cell_of_an_export(browse: Browse, picture: None) -> None:
    text = browse("ana").get("/incidents/?domain=cyber&format=csv").content.decode()

    assert "'=Sum of outages" in text


def test_an_export_is_in_the_log_with_its_size(browse: Browse, picture: None) -> None:
    browse("ana").get("/incidents/?format=json")

    entry = next(audit.entries(action="exported"))
    assert (entry.actor, entry.object, entry.detail) == (
        "ana (analyst, home)",
        "incidents",
        '{"format":"json","rows":4}',
    )


def test_a_role_without_the_power_exports_nothing(browse: Browse, picture: None) -> None:
    assert browse("desk").get("/incidents/?format=csv").status_code == 403


def test_a_bad_filter_says_so_beside_the_field_and_loses_nothing(browse: Browse, picture: None) -> None:
    page = browse("ana").get("/incidents/?from=garble&domain=cibre&country=NL").content.decode()

    assert 'value="garble"' in page
    assert "&#x27;garble&#x27; is not a date" in page
    assert "&#x27;cibre&#x27; is not a word" in page
    assert "Country: Netherlands" in page
    assert "<title>Error in a filter" in page
    assert "Cable cut near the coast" in page
    assert "Sites copied" not in page


def test_a_bad_filter_is_not_exported(browse: Browse, picture: None) -> None:
    assert browse("ana").get("/incidents/?from=garble&format=csv").status_code == 400


def test_dates_that_end_before_they_start_are_an_error_at_the_last_one(browse: Browse, picture: None) -> None:
    page = browse("ana").get("/incidents/?from=2025&until=2024").content.decode()

    assert 'id="f-until-error"' in page


def test_responses_and_context_are_shown_when_asked_for(browse: Browse, picture: None) -> None:
    client = browse("ana")

    plain = client.get("/incidents/").content.decode()
    more = client.get("/incidents/?with=context").content.decode()

    assert "Expulsion of two officers" not in plain
    assert "Expulsion of two officers" in more


@pytest.mark.parametrize("address", ["/", "/incidents/", "/search/?q=zirconium", "/incidents/?format=json"])
def test_no_page_shows_what_is_above_the_readers_ceiling(address: str, browse: Browse, picture: None) -> None:
    below = browse("clea").get(address).content.decode()
    above = browse("ana").get(address).content.decode()

    assert "Zirconium" not in below
    assert "Poland" not in below
    assert "Zirconium" in above


def test_a_count_holds_only_what_may_be_seen(browse: Browse, picture: None) -> None:
    below = browse("clea").get("/incidents/").content.decode()
    above = browse("ana").get("/incidents/").content.decode()

    assert "<strong>3 incidents</strong>" in below
    assert "<strong>4 incidents</strong>" in above


def test_reading_marked_records_is_in_the_log(browse: Browse, picture: None) -> None:
    browse("clea").get("/incidents/")
    browse("ana").get("/incidents/")

    assert [entry.actor for entry in audit.entries(action="read")] == ["ana (analyst, home)"]


def test_as_known_on_an_earlier_day_shows_nothing_that_came_later(browse: Browse, picture: None) -> None:
    before = browse("ana").get("/incidents/?known_on=2025-12-31").content.decode()
    after = browse("ana").get("/incidents/?known_on=2026-01-10").content.decode()

    assert "Cable cut" not in before
    assert "Cable cut" in after
    assert "You see what was known here on 2026-01-10" in after


def test_the_language_switch_goes_back_to_the_page(browse: Browse) -> None:
    client = browse("ana")

    answer = client.post("/language/set/", {"language": "nl", "next": "/incidents/?country=NL"})

    assert answer.headers["Location"] == "/incidents/?country=NL"
    assert client.cookies["django_language"].value == "nl"


def test_a_word_that_is_only_recalled_is_marked(browse: Browse) -> None:
    page = browse("ana").get("/language/classification/").content.decode()

    assert "not verified" in page


def test_an_unknown_word_list_is_not_found(browse: Browse) -> None:
    assert browse("ana").get("/language/nothing/").status_code == 404


def test_a_role_that_may_not_upload_reads_why(browse: Browse) -> None:
    client = browse("desk")

    page = client.get("/upload/").content.decode()
    sent = client.post("/upload/", {"file": SimpleUploadedFile("x.csv", b"a,b\n")})

    assert "Your role may not upload" in page
    assert sent.status_code == 403


def test_an_upload_without_a_file_says_so_beside_the_field(browse: Browse) -> None:
    page = browse("ana").post("/upload/").content.decode()

    assert 'id="f-file-error"' in page


def test_an_uploaded_file_is_read_by_the_worker_and_its_counts_are_shown(browse: Browse) -> None:
    client = browse("ana")
    bundle = b'{"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000001", "objects": []}'

    answer = client.post("/upload/", {"file": SimpleUploadedFile("small.json", bundle)})
    waiting = client.get(answer.headers["Location"]).content.decode()
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    done = client.get(answer.headers["Location"]).content.decode()

    assert "hx-trigger" in waiting
    assert "hx-trigger" not in done
    assert "small.json" in done


def test_a_file_that_cannot_be_read_says_why_and_stores_nothing(browse: Browse) -> None:
    client = browse("ana")

    answer = client.post("/upload/", {"file": SimpleUploadedFile("broken.json", b'{"type": "bundle", "objects": [')})
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    page = client.get(answer.headers["Location"]).content.decode()

    assert "The file was not stored" in page
    assert 'role="alert"' in page


def test_an_upload_of_an_unknown_format_is_answered_with_the_form_and_not_the_command_line(browse: Browse) -> None:
    client = browse("ana")

    answer = client.post("/upload/", {"file": SimpleUploadedFile("notes.txt", b"a plain sentence\n")})
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    page = client.get(answer.headers["Location"]).content.decode()

    assert "Choose its format in the form" in page
    assert "--format" not in page


def test_an_upload_is_nobody_elses(browse: Browse) -> None:
    answer = browse("ana").post("/upload/", {"file": SimpleUploadedFile("x.json", b"{}")})

    assert browse("clea").get(answer.headers["Location"]).status_code == 404
