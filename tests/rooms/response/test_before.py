"""Beside each option what happened before in like cases: counts with intervals, none under five, no order by them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from tests.rooms.response.conftest import NOW, Prepared, Room
from verband.formats import open_reading
from verband.language.errors import InputError
from verband.language.markings import Ceiling
from verband.methods.responding import interval
from verband.rooms.people import services as people
from verband.rooms.picture import ingest
from verband.rooms.response import services as response
from verband.rooms.response.before import CodedRow
from verband.rooms.response.models import CodedIncident

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def table(domains: list[str], marking: str = "CLEAR", start: int = 0) -> str:
    """Incidents made up for this test, one a row: the columns of the embedded table, a domain, a day, a place."""
    text = (files("verband.demo") / "data" / "public_incidents.csv").read_text("utf-8")
    head = next(csv.reader(io.StringIO(text)))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, head)
    writer.writeheader()
    for at, domain in enumerate(domains, start=start):
        row = dict.fromkeys(head, "") | {
            "id": f"T-{at:03d}",
            "event_type": "incident",
            "enters_connecting": "yes",
            "title": f"Made up for a test {at}",
            "summary": "Made up.",
            "date_start": f"2020-01-{1 + at % 28:02d}",
            "date_precision": "day",
            "country": "NL",
            "domain": domain,
            "means": "expulsion",
            "target": "a ministry",
            "actor_as_stated": "unknown",
            "actor_kind": "unknown",
            "marking": marking,
            "source_kind": "news",
            "show_title": "yes",
            "checked": "yes",
        }
        writer.writerow(row)
    return stream.getvalue()


def bring(text: str, folder: Path, name: str) -> None:
    path = folder / name
    path.write_text(text, "utf-8")
    reading = open_reading(path)
    ingest.store(reading, path=path, sha256=reading.sha256, actor="test", ceiling=Ceiling("RED"), now=NOW)


def codings(numbers: range, instruments: tuple[str, ...], marking: str = "CLEAR") -> Iterator[CodedRow]:
    for at in numbers:
        yield CodedRow(
            collection="public-incidents",
            record=f"T-{at:03d}",
            stated=True,
            instruments=instruments,
            phrases=(),
            source="made up for a test",
            marking=marking,
        )


@pytest.fixture
def coded(room: Room, prepared: Prepared, tmp_path: Path) -> Prepared:
    """Ten espionage incidents, of which six name dialogue and four prosecution; two of another domain, marked AMBER."""
    bring(table(["espionage"] * 10), tmp_path, "espionage.csv")
    bring(table(["sabotage"] * 6, "AMBER", 10), tmp_path, "sabotage.csv")
    who = room.who("ann")
    response.load_coded(codings(range(6), ("dialogue",)), who=who, now=NOW)
    response.load_coded(codings(range(6, 10), ("prosecution",)), who=who, now=NOW)
    response.load_coded(codings(range(10, 16), ("dialogue",), "AMBER"), who=who, now=NOW)
    return prepared


def like(room: Room, prepared: Prepared, name: str = "ann") -> response.LikeCases:
    who = room.who(name)
    view = response.case(prepared.case.key, who)
    return response.like_cases(view, response.options(view.row, who), who)


@pytest.mark.requirement("R040")
@pytest.mark.requirement("P19")
def test_beside_each_option_stands_the_count_of_like_cases_with_its_exact_interval(room: Room, coded: Prepared) -> None:
    found = like(room, coded)
    (domain, whole) = found.before["dialogue"].cells

    assert found.groups == (("domain", "espionage"),)
    assert (found.stated, found.unstated) == (16, 0)
    assert (domain.used, domain.cases, domain.low, domain.high) == (6, 10, *interval(6, 10, level=0.95))
    assert (whole.grouping, whole.used, whole.cases) == ("", 12, 16)


@pytest.mark.requirement("R040")
def test_under_five_cases_no_figure_is_shown_and_the_page_says_so(room: Room, coded: Prepared, sign_in: SignIn) -> None:
    cells = like(room, coded).before["prosecution"].cells
    page = sign_in("ann").get(f"/response/{coded.case.key}/").content.decode()
    panel = page[page.index('id="before"') : page.index('id="boxes"')]

    answer = sign_in("ann").get(f"/response/{coded.case.key}/?format=json")
    told = {row["instrument"]: row["like_cases"] for row in json.loads(answer.content)}

    assert {(cell.shown, cell.used) for cell in cells} == {(False, None)}
    assert told["dialogue"] == ["domain espionage: 6 of 10 (0.26 to 0.88)", "all cases: 12 of 16 (0.48 to 0.93)"]
    assert told["prosecution"] == ["domain espionage: not shown", "all cases: not shown"]
    assert "named in 6 of 10" in panel
    assert "named in 4" not in panel
    assert "not shown: too few cases" in panel
    for words in ("collected because they were notable", "or what it achieved", "no advice, no order and no score"):
        assert words in panel


@pytest.mark.requirement("P19")
def test_the_order_of_options_is_not_that_of_the_figures(room: Room, coded: Prepared, sign_in: SignIn) -> None:
    page = sign_in("ann").get(f"/response/{coded.case.key}/").content.decode()
    panel = page[page.index('id="before"') : page.index('id="boxes"')]

    assert panel.index("Attribution with partners") < panel.index("Talks and dialogue") < panel.index("Prosecution")
    assert panel.index("not shown") < panel.index("named in 6 of 10")


def test_a_reader_counts_only_what_he_may_see_and_the_figure_has_the_marking_of_what_it_counts(
    room: Room, coded: Prepared
) -> None:
    low = people.reader(
        people.add_person(
            "low",
            role="analyst",
            organisation=room.people["ann"].organisation,
            actor="test",
            tlp="CLEAR",
            language="en",
        )
    )
    view = response.case(coded.case.key, low)
    found = response.like_cases(view, response.options(view.row, low), low)

    assert (found.stated, found.marking.tlp) == (10, "CLEAR")
    assert like(room, coded).marking.tlp == "AMBER"


def test_a_coding_comes_in_once_and_names_only_instruments_of_the_catalogue(room: Room, coded: Prepared) -> None:
    who = room.who("ann")

    again = response.load_coded(codings(range(6), ("dialogue",)), who=who, now=NOW)
    with pytest.raises(InputError) as caught:
        response.load_coded(codings(range(90, 91), ("magic",)), who=who, now=NOW)

    assert again == 0
    assert CodedIncident.objects.count() == 16
    assert caught.value.code == "response.word"


def test_without_any_coding_the_page_says_that_no_figure_can_be_given(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    page = sign_in("ann").get(f"/response/{prepared.case.key}/").content.decode()

    assert "Nothing was coded of what you may see" in page
    assert "named in" not in page
