"""The pages of the room, as people with different ceilings and roles get them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, fill, process
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.exposure import services
from verband.rooms.exposure.models import Process

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
REGISTERS = tuple(f"registers/{one.key}/" for one in services.registers())
PAGES = ("", "what-if/", "ranking/", "scan/", *REGISTERS)
MORE = ("assets/", "claims/", "duties/", "inspections/", "rounds/", "imports/")
NEXT_YEAR = (datetime.now(UTC) + timedelta(days=365)).date().isoformat()


def text(client: Client, page: str = "", status: int = 200) -> str:
    answer = client.get(f"/exposure/{page}")
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, register: str, act: str, **posted: object) -> HttpResponse:
    return client.post(f"/exposure/registers/{register}/{act}/", posted, follow=True)  # type: ignore[return-value]


def test_every_page_opens_empty_and_says_what_to_do_first(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    shown = [text(client, page) for page in PAGES]

    assert "Enter processes first" in shown[0]
    assert all("No public source states which of these processes depend" in page for page in shown[:3])
    assert "Without a rule nobody looks by state" in shown[3]
    assert all("bring in a csv file" in page for page in shown[4:])
    assert all("entered" in text(client, page) for page in MORE[:4])
    assert "No sector has begun." in text(client, MORE[4])
    assert "Nothing was brought in yet." in text(client, MORE[5])


def test_the_navigation_leads_to_the_room_for_who_may_enter_it(sign_in: Callable[..., Client]) -> None:
    assert 'href="/exposure/"' in sign_in("ann").get("/").content.decode()
    outside = sign_in("uni", profile="service")
    assert outside.get("/exposure/").status_code == 403


def test_the_list_shows_what_supplies_what_and_single_suppliers(sign_in: Callable[..., Client]) -> None:
    fill()

    shown = text(sign_in("ann"))

    assert "3 processes, with 6 requirements entered." in shown
    assert "1 of 2" in shown
    assert "Single suppliers and assets" in shown
    assert 'data-graph="dependencies' in shown
    assert "No public source states" not in shown


def test_the_address_holds_what_fails_and_the_hour(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    late = text(client, "what-if/?fail=grid&hours=24")
    early = text(client, "what-if/?fail=grid&hours=24&at=4")

    assert "Within 24 hours 3 nodes fail" in late
    assert "After 24 hours 3 are down" in late
    assert "After 4 hours 2 are down" in early
    assert "fail=grid&amp;hours=24&amp;at=12" in early
    assert late.count(" checked") == 1


@pytest.mark.parametrize("hours", ["0", "-1", "many", "9000", "nan", "inf"])
def test_hours_that_cannot_be_stand_beside_the_field(hours: str, sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    for page in (f"what-if/?fail=grid&hours={hours}", f"ranking/?hours={hours}"):
        shown = text(client, page, 400)
        assert 'id="f-hours-error"' in shown
        assert f'value="{hours}"' in shown
        assert "<title>\n" not in shown
        assert "Error:" in shown


def test_a_node_that_is_not_there_is_not_found(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    assert "no process, asset or supplier &#x27;gird&#x27;" in text(client, "what-if/?fail=gird", 404)
    text(client, "nodes/gird/", 404)
    text(client, "scan/?supplier=gird", 404)
    text(client, "registers/process/", 404)


def test_the_ranking_has_an_interval_for_each_number(sign_in: Callable[..., Client]) -> None:
    fill()

    shown = text(sign_in("ann"), "ranking/?hours=72")

    assert "396.0" in shown
    assert shown.count('class="spread"') == 7


def test_one_page_for_each_node_says_what_it_needs_and_what_leans_on_it(sign_in: Callable[..., Client]) -> None:
    fill()
    add("stocks", process="water", product="Chlorine", days="12", valid_until="2020-01-01")
    add("findings", process="water", found_on="2026-01-02", outcome="shortcoming", text="No spare pump")

    shown = text(sign_in("ann"), "nodes/water/")

    for words in ("Process pumps", "Firm lab-one; Firm lab-two", "Chlorine: 12 days", "too old", "No spare pump"):
        assert words in shown
    assert "Nothing that is entered here names it" in shown


@pytest.mark.requirement("P1")
def test_a_state_is_looked_for_only_under_a_rule(sign_in: Callable[..., Client]) -> None:
    fill()
    add("supplies", supplier="lab-two", process="water", product="Meter", kind="equipment")
    client = sign_in("ann")

    for country in ("China", "Belgium"):
        assert f"suppliers from {country}" in text(client, f"scan/?country={country}", 403)
    assert "nearest name is &#x27;Netherlands&#x27;" in text(client, "scan/?country=Netherland", 400)
    of = {"reason": "Stated", "legal_ground": "An act", "reviewer": "Board", "source": "P", "marking": "CLEAR"}
    assert post(client, "country-rules", "add", country="China", valid_until=NEXT_YEAR, **of).status_code == 200

    shown = text(client, "scan/?country=china")

    assert "The rule that this stands on" in shown
    assert "Process water" in shown
    assert "fewer than 5" in shown


@pytest.mark.requirement("R047")
def test_who_is_no_analyst_gets_the_count_without_names(sign_in: Callable[..., Client]) -> None:
    fill()
    add("supplies", supplier="lab-two", process="water", product="Meter", kind="equipment")
    client = sign_in("des", role="decider")

    shown = text(client, "scan/?supplier=lab-two")

    assert "fewer than 5" in shown
    assert "Process water" not in shown
    assert "Process water" not in text(client, "scan/?supplier=lab-two&format=csv")


def test_a_row_is_entered_and_taken_back_on_the_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    wrong = post(client, "processes", "add", **process("water", marking=""))
    assert wrong.status_code == 400
    assert 'id="add-marking-error"' in wrong.content.decode()
    assert 'value="Proces water"' in wrong.content.decode()
    assert "Kept with your name" in post(client, "processes", "add", **process("water")).content.decode()
    number = Process.objects.get().pk
    empty = post(client, "processes", "withdraw", number=number, reason=" ")
    assert f'id="withdraw-{number}-error"' in empty.content.decode()
    gone = post(client, "processes", "withdraw", number=number, reason="Merged").content.decode()
    assert "0 rows that stand" in gone
    assert "Merged" in gone


def test_a_file_says_what_became_of_each_line(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    content = b"kind,key,name_nl,name_en,source\nprocess,a,A,A,P\nprocess,b,B,B,P\nthing,c,C,C,P\n"

    shown = post(client, "processes", "import", file=SimpleUploadedFile("p.csv", content), marking="GREEN")

    assert "2 lines came in, 0 were there already, 1 were refused." in shown.content.decode()
    assert "&#x27;thing&#x27; cannot be chosen here" in shown.content.decode()
    none = post(client, "processes", "import")
    assert none.status_code == 400
    assert 'id="import-file-error"' in none.content.decode()


def test_a_long_register_is_read_page_by_page_newest_first_and_whole_in_its_file(
    sign_in: Callable[..., Client],
) -> None:
    lines = "".join(f"{number:03},Firm {number},Paper,CLEAR\n" for number in range(101))
    services.import_csv("suppliers", f"key,name,source,marking\n{lines}".encode(), who=WRITER, now=NOW)
    client = sign_in("ann")

    first, second = text(client, "registers/suppliers/"), text(client, "registers/suppliers/?page=2")

    assert ("101 rows that stand" in first, "Firm 100" in first, ">Firm 0<" in first) == (True, True, False)
    assert (">Firm 0<" in second, "Firm 100" in second) == (True, False)
    assert "/exposure/registers/suppliers/?page=2" in first
    assert text(client, "registers/suppliers/?format=csv").count("Firm ") == 101


def test_who_may_not_write_sees_no_form_and_is_refused(sign_in: Callable[..., Client]) -> None:
    client = sign_in("des", role="decider")

    assert '<form method="post" action="/exposure' not in text(client, "registers/processes/")
    assert post(client, "processes", "add", **process("water")).status_code == 403
    file = SimpleUploadedFile("p.csv", b"kind\n")
    assert post(client, "processes", "import", file=file).status_code == 403
    assert not Process.objects.exists()


def test_no_page_or_export_names_what_lies_above_the_ceiling(sign_in: Callable[..., Client]) -> None:
    fill()
    services.add("processes", process("secret", marking="AMBER"), who=WRITER, now=NOW)
    add("suppliers", key="covert", name="Covert", marking="AMBER")
    add("requirements", node="secret", members="grid;covert", k="1", buffer_h="1", marking="AMBER")
    add("supplies", supplier="covert", process="secret", product="Spy", kind="software", marking="AMBER")
    high, low = sign_in("high"), sign_in("low", tlp="CLEAR")
    more = ("what-if/?fail=grid", "nodes/grid/", "?format=csv", "ranking/?format=json", "what-if/?fail=grid&format=csv")

    for page in (*PAGES, *MORE, *more, *(f"{one}?format=csv" for one in (*REGISTERS, *MORE))):
        shown = text(low, page)
        assert not [word for word in ("secret", "overt", "Spy", "TLP:AMBER") if word in shown], page
    text(low, "nodes/secret/", 404)
    assert "Process secret" in text(high)


def test_lists_go_out_as_csv_and_json(sign_in: Callable[..., Client]) -> None:
    fill()
    add("supplies", supplier="lab-two", process="water", product="Meter", kind="equipment")
    client = sign_in("ann")

    for page in ("", "what-if/?fail=grid", "ranking/", "scan/?supplier=lab-two", "nodes/water/", *MORE, *REGISTERS):
        for form in ("csv", "json"):
            answer = client.get(f"/exposure/{page}{'&' if '?' in page else '?'}format={form}")
            assert (answer.status_code, f".{form}" in answer.headers["Content-Disposition"]) == (200, True)


def test_an_earlier_day_shows_what_stood_then_and_no_form(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    assert "3 processes" in text(client, "?known_on=2026-06-02")
    assert "No process has been entered yet" in text(client, "?known_on=2026-05-01")
    assert "Enter a row" not in text(client, "registers/processes/?known_on=2026-06-02")


def test_pages_speak_dutch(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")
    client.cookies["django_language"] = "nl"

    assert "Wat als deze uitvallen?" in text(client, "what-if/?fail=grid")
    assert "Proces water" in text(client, "ranking/")


@pytest.mark.requirement("R061")
def test_an_overdue_review_stands_on_the_page_of_processes(sign_in: Callable[..., Client]) -> None:
    cells = process("late", review_on="2020-05-30", grade="A", impact="Judged")
    services.add("processes", cells, who=WRITER, now=NOW)

    page = sign_in("ann").get("/exposure/registers/processes/").content.decode()

    assert "<strong>1 review</strong> is overdue." in page
    assert "2020-05-30" in page
