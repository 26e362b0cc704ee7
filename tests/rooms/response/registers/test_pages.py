"""The pages of the registers: what they say first, errors in their place, exports, files, past days and markings."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.property import entered
from tests.rooms.response.conftest import Room
from tests.rooms.response.registers.test_importing import FILES
from tests.rooms.response.registers.test_registers import POINT, SANCTION, STEP, add, load
from verband.language.markings import Ceiling, Marking
from verband.rooms.people import services as people
from verband.rooms.response.registers import writing
from verband.rooms.response.registers.kinds import registers
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
ROOT = "/response/registers/"
KEYS = [of.key for of in registers()]


def text(client: Client, page: str = "") -> str:
    answer = client.get(f"{ROOT}{page}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_register_says_what_to_do_first(room: Room, sign_in: SignIn, key: str) -> None:
    of = next(one for one in registers() if one.key == key)

    page = text(sign_in("ann"), f"{key}/").replace("&#x27;", "'")

    assert of.first_en in page
    assert "Nothing is entered here yet" in page


def test_the_list_of_cases_leads_to_the_registers(room: Room, sign_in: SignIn) -> None:
    assert f'href="{ROOT}"' in sign_in("ann").get("/response/").content.decode()


@pytest.mark.requirement("R038")
def test_the_page_shows_step_reaction_and_three_days(room: Room, sign_in: SignIn) -> None:
    load()

    page = text(sign_in("ann"), "diplomatic/")
    rows = json.loads(text(sign_in("ann"), "diplomatic/?format=json&table=view"))

    table = page[page.index('id="pairs"') : page.index("</table>", page.index('id="pairs"'))]
    assert "<strong>3 days</strong>" in table
    assert "no reaction noted" in table
    assert [(one["done"], one["reacted"], one["days_fewest"], one["days_most"]) for one in rows] == [
        ("2022-10-31", "2022-11-03", 3, 3),
        ("2022-03", "", None, None),
    ]


@pytest.mark.requirement("R100")
def test_the_page_and_the_export_have_exactly_22_points(room: Room, sign_in: SignIn) -> None:
    add(room, "action-points", POINT)

    page = text(sign_in("ann"), "action-points/")
    rows = list(csv.DictReader(io.StringIO(text(sign_in("ann"), "action-points/?format=csv&table=view"))))

    table = page[page.index('id="laid-out"') : page.index("</table>", page.index('id="laid-out"'))]
    assert table.count("<tr data-row>") == 22
    assert table.count('<span class="muted">text not in the sources') == 21
    assert len(rows) == 22
    assert all(row["status"] and row["owner"] for row in rows)


@pytest.mark.requirement("R102")
def test_the_map_of_competences_shows_its_gaps(room: Room, sign_in: SignIn) -> None:
    page = text(sign_in("ann"), "cbrn/")

    assert "<strong>6 gaps</strong>" in page
    assert page.count('<span class="chip warning">gap</span>') == 6


@pytest.mark.requirement("R037")
def test_what_is_late_stands_on_the_register_and_on_the_page_of_all(room: Room, sign_in: SignIn) -> None:
    today = datetime.now(UTC).date()
    for days, title in ((-3, "Late one"), (10, "Near one"), (90, "Far one")):
        until = (today + timedelta(days=days)).isoformat()
        values = {"title": title, "state": "listed", "happened": "2026-01", "until": until}
        add(room, "sanctions", SANCTION | values)

    for page in ("", "sanctions/"):
        shown = text(sign_in("ann"), page)
        block = shown[shown.index('id="reminders"') :]
        block = block[: block.index("</section>")]
        assert "3 days late" in block
        assert "in 10 days" in block
        assert "Far one" not in block


def test_an_entry_goes_through_its_states_in_the_browser(room: Room, sign_in: SignIn) -> None:
    ann = sign_in("ann")

    made = ann.post(f"{ROOT}diplomatic/act/add/", STEP, follow=True)
    row = RegisterEntry.objects.get()
    step = {"number": row.key, "at": row.key, "state": "reaction", "happened": "2026-05-04", "source": "A letter"}
    noted = ann.post(f"{ROOT}diplomatic/act/step/", step | {"marking": "CLEAR"}, follow=True)
    newest = RegisterStep.objects.get(state="reaction").key
    given = {"number": newest, "at": row.key, "reason": "Misread"}
    undone = ann.post(f"{ROOT}diplomatic/act/withdraw-step/", given, follow=True)
    given = {"number": row.key, "at": row.key, "reason": "Not ours"}
    gone = ann.post(f"{ROOT}diplomatic/act/withdraw/", given, follow=True)

    assert "Kept with your name" in made.content.decode()
    assert "<strong>3 days</strong>" in noted.content.decode()
    assert "Misread" in undone.content.decode()
    assert "Not ours" in gone.content.decode()
    assert "Note the next step" not in gone.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("happened", "soon", "is no year, month or day"),
        ("text", "This is a rogue state.", "judges a state as such"),
        ("state", "", "Nothing was chosen here"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_with_what_was_filled_in(
    room: Room, sign_in: SignIn, field: str, value: str, message: str
) -> None:
    answer = sign_in("ann").post(f"{ROOT}diplomatic/act/add/", STEP | {field: value})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert re.search(rf'id="add-{field}"[^>]*aria-invalid="true"', page)
    assert message in page
    assert "Demand to close a service point" in page


def test_what_is_wrong_with_a_numbered_place_stands_beside_its_field_too(room: Room, sign_in: SignIn) -> None:
    answer = sign_in("ann").post(f"{ROOT}action-points/act/add/", POINT | {"happened": "soon"})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert re.search(r'id="add-happened"[^>]*aria-invalid="true"', page)
    assert '<option value="7" selected>7</option>' in page


def test_a_wrong_file_shows_each_line_and_field_and_a_right_one_comes_in(room: Room, sign_in: SignIn) -> None:
    ann = sign_in("ann")
    wrong = FILES["legal"] + "Another,A subject,passed,2026,A page\n"

    def send(content: str) -> str:
        file = SimpleUploadedFile("rows.csv", content.encode())
        return ann.post(f"{ROOT}legal/act/import/", {"file": file, "marking": "CLEAR"}, follow=True).content.decode()

    refused, right, none = send(wrong), send(FILES["legal"]), ann.post(f"{ROOT}legal/act/import/", {"marking": "CLEAR"})

    assert '<td class="num">4</td><td>state</td>' in refused
    assert 'class="messages"' not in refused
    assert "1 entry came in" in right
    assert none.status_code == 400
    assert 'id="import-file-error"' in none.content.decode()


def test_a_page_shows_the_register_as_it_was_known(room: Room, sign_in: SignIn) -> None:
    add(room, "sanctions", SANCTION)

    assert "Measures against an organisation" not in text(sign_in("ann"), "sanctions/?known_on=2026-05-30")
    assert "Measures against an organisation" in text(sign_in("ann"), "sanctions/?known_on=2026-06-02")


def test_who_does_not_prepare_a_response_reads_and_gets_no_form(room: Room, sign_in: SignIn) -> None:
    load()

    page = text(sign_in("min"), "diplomatic/")
    answer = sign_in("min").post(f"{ROOT}diplomatic/act/add/", STEP)

    assert "/act/add/" not in page
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "page", ["no-such/", "legal/no-such/", "legal/inc-048/", "no-such/inc-048/", "legal/0000000000000000/"]
)
def test_what_is_not_there_is_not_found(room: Room, sign_in: SignIn, page: str) -> None:
    load()

    assert sign_in("ann").get(f"{ROOT}{page}").status_code == 404


def test_nothing_above_the_ceiling_shows_anywhere(room: Room, sign_in: SignIn) -> None:
    load()
    ann = sign_in("ann")
    pages = ["", *(f"{key}/{query}" for key in KEYS for query in ("", "?format=csv", "?format=json&table=view"))]
    before = [_page(ann, page) for page in pages]
    who = _above(room.who("ann"))

    entered.write("zqhiddenux", 3, Marking("RED"), who=who, now=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))

    assert RegisterEntry.objects.filter(key__contains="zqhiddenux").count() == 6
    assert [_page(ann, page) for page in pages] == before
    for key in KEYS:
        assert ann.get(f"{ROOT}{key}/{entered.key_of(key, 'zqhiddenux')}/").status_code == 404


def test_a_newer_step_above_the_ceiling_leaves_the_older_state(room: Room, sign_in: SignIn) -> None:
    row = add(room, "diplomatic", STEP)
    values = {"state": "reaction", "happened": "2026-05-03", "source": "A letter", "marking": "RED"}
    who = _above(room.who("ann"))
    writing.step("diplomatic", row.key, values, language="en", who=who, now=datetime(2026, 6, 2, tzinfo=UTC))

    page = text(sign_in("ann"), f"diplomatic/{row.key}/")

    assert "Diplomatic steps: <strong>done</strong>, 2026-05-01" in page
    assert "2026-05-03" not in page


def _above(who: people.Reader) -> people.Reader:
    return replace(who, ceiling=Ceiling("RED"))


def _page(client: Client, page: str) -> str:
    shown = text(client, page)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "csrf", shown)
