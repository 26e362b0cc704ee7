"""The page of a thing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.contract.conftest import Reading, incident
from verband.language.markings import Ceiling, Marking
from verband.language.records import Attribute, Link, Record
from verband.language.time import parse_time
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import ingest, services
from verband.rooms.picture.models import Sameness, Thing

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
ONE = "incident--00000000-0000-4000-8000-000000000001"
TWO = "incident--00000000-0000-4000-8000-000000000002"
SECRET = "incident--00000000-0000-4000-8000-000000000003"
GROUP = "intrusion-set--00000000-0000-4000-8000-000000000004"

Browse = Callable[[str], Client]


@pytest.fixture
def persons(db: None) -> dict[str, Person]:
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    made = (("ann", "analyst", "AMBER"), ("cleo", "analyst", "CLEAR"), ("dirk", "decider", "AMBER"))
    return {
        name: people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp) for name, role, tlp in made
    }


@pytest.fixture
def store(tmp_path: Path, persons: dict[str, Person]) -> Callable[..., None]:
    def keep(source: str, *records: Record, marking: str = "CLEAR") -> None:
        path = tmp_path / f"{source}.json"
        path.write_text(source)
        reading = Reading(list(records), source, marking)
        ingest.store(reading, path=path, sha256=source.ljust(64, "0"), actor="test", ceiling=Ceiling("RED"), now=NOW)

    return keep


@pytest.fixture
def browse(persons: dict[str, Person]) -> Browse:
    def signed_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(persons[name])
        return client

    return signed_in


@pytest.fixture
def collection(store: Callable[..., None]) -> None:
    """One incident in two sources that differ on the place, a like one, one above CLEAR, and the group they name."""
    blamed = (Link("attributed-to", ONE, GROUP, "Some Group"),)
    store(
        "press",
        incident(
            "p1",
            thing=ONE,
            name="Cable cut",
            content=b'{"place":"the strait","length":"4 km","withheld":["receiver_name"]}',
            certainty="suspected",
            reliability="B",
            credibility="2",
            links=blamed,
            attributes=(Attribute("place", "the strait", "the strait"), Attribute("country", "EE", "EE")),
        ),
        incident("p2", thing=TWO, name="Cable found cut", when=parse_time("2025-05")),
    )
    store(
        "court",
        incident(
            "c1",
            thing=ONE,
            name="Cable cut",
            content=b'{"place":"the bay","length":"4 km"}',
            certainty="stated as fact",
            attributes=(Attribute("place", "the bay", "the bay"), Attribute("country", "EE", "EE")),
        ),
    )
    store(
        "service",
        incident("s1", thing=SECRET, name="Quiet matter", links=(Link("attributed-to", SECRET, GROUP, "Some Group"),)),
        marking="AMBER",
    )


def page_of(client: Client, stix_id: str) -> str:
    return client.get(f"/incidents/things/{stix_id}/").content.decode()


def propose(strength: float = 3.1, marking: str = "CLEAR", other: str = TWO) -> int:
    first, second = (Thing.objects.get(stix_id=name).pk for name in (ONE, other))
    evidence = {"evidence": [{"feature": "vessel", "value": "eagle", "bans": 2.1}]}
    pair = services.Proposal(first, second, evidence, strength, Marking(marking))
    services.propose_same([pair], actor="connecting 1", now=NOW)
    return Sameness.objects.get().pk


def test_records_stand_side_by_side_and_what_differs_is_marked(collection: None, browse: Browse) -> None:
    page = page_of(browse("ann"), ONE)

    assert "<strong>2 records</strong>" in page
    assert "they differ on 1 field" in page
    assert page.count('class="differs"') == 2
    assert "the strait" in page
    assert "the bay" in page


def test_each_value_has_source_grade_certainty_and_date(collection: None, browse: Browse) -> None:
    page = page_of(browse("ann"), ONE)
    table = page[page.index("composed") : page.index('id="sides-head"')]
    row = table[table.index("the strait") :]
    row = row[: row.index("</tr>")]

    assert "Press" in row
    assert "B2" in row
    assert "suspected" in row
    assert "3 May 2025" in row


@pytest.mark.requirement("D1")
def test_withheld_fields_are_named_and_their_text_is_not_there(collection: None, browse: Browse) -> None:
    page = page_of(browse("ann"), ONE)

    assert "receiver_name" in page
    assert "Withheld" in page


def test_hidden_thing_and_missing_thing_give_the_same_words(collection: None, browse: Browse) -> None:
    client, missing = browse("cleo"), "incident--00000000-0000-4000-8000-000000000099"

    hidden = client.get(f"/incidents/things/{SECRET}/")
    absent = client.get(f"/incidents/things/{missing}/")

    assert hidden.status_code == absent.status_code == 404
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    first, second = (token.sub("", answer.content.decode()) for answer in (hidden, absent))
    assert first.replace(SECRET, missing) == second


def test_group_shows_only_incidents_under_the_readers_ceiling(collection: None, browse: Browse) -> None:
    above, below = page_of(browse("ann"), GROUP), page_of(browse("cleo"), GROUP)

    assert "Quiet matter" in above
    assert "TLP:AMBER" in above[above.index("<h1>") :]
    assert "Quiet matter" not in below
    assert SECRET not in below
    assert "attributed (1)" in below
    assert "AMBER" not in below


def test_sameness_is_accepted_with_a_reason_and_undone(collection: None, browse: Browse) -> None:
    number, client = propose(), browse("ann")
    there = f"/incidents/things/{ONE}/same/{number}/"

    before = page_of(client, ONE)
    client.post(there, {"verdict": "accept", "reason": "Same ship, same day"})
    joined = page_of(client, TWO)
    client.post(there, {"verdict": "undo", "reason": "Two cables"})
    apart = page_of(client, TWO)

    assert "Cable found cut" in before
    assert "eagle" in before
    assert "<strong>3 records</strong>" in joined
    assert "Same ship, same day" in joined
    assert "<strong>1 record</strong>" in apart
    assert "Two cables" in apart


def test_sameness_without_a_reason_is_an_error_beside_the_field(collection: None, browse: Browse) -> None:
    number = propose()

    answer = browse("ann").post(f"/incidents/things/{ONE}/same/{number}/", {"verdict": "reject", "reason": ""})

    assert answer.status_code == 400
    assert f'id="same-{number}-reject-reason-error"' in answer.content.decode()
    assert Sameness.objects.get().rejected_at is None


def test_reader_without_the_power_gets_no_form_and_is_refused(collection: None, browse: Browse) -> None:
    number, client = propose(), browse("dirk")

    answer = client.post(f"/incidents/things/{ONE}/same/{number}/", {"verdict": "accept", "reason": "x"})

    assert "Why it is the same" not in page_of(client, ONE)
    assert answer.status_code == 403


def test_proposal_above_the_ceiling_is_neither_shown_nor_decided(collection: None, browse: Browse) -> None:
    number, client = propose(marking="AMBER", other=SECRET), browse("cleo")

    answer = client.post(f"/incidents/things/{ONE}/same/{number}/", {"verdict": "accept", "reason": "x"})

    assert "Nobody proposed" in page_of(client, ONE)
    assert answer.status_code in (403, 404)
    assert Sameness.objects.get().accepted_at is None


def test_reading_a_marked_thing_is_logged_and_a_clear_one_is_not(collection: None, browse: Browse) -> None:
    client = browse("ann")

    page_of(client, ONE)
    clear = list(audit.entries(action="read"))
    page_of(client, SECRET)

    assert clear == []
    assert next(audit.entries(action="read")).object == f"thing {SECRET}"


def test_page_says_who_can_see_it_and_why(collection: None, browse: Browse) -> None:
    page = page_of(browse("ann"), SECRET)
    card = page[page.index('id="release-head"') :]

    assert "on a need-to-know basis" in card
    assert "analyst, decision maker" in card


def test_export_has_a_column_for_each_record(collection: None, browse: Browse) -> None:
    rows = json.loads(browse("ann").get(f"/incidents/things/{ONE}/?format=json").content)

    place = next(row for row in rows if row["field"] == "place")
    assert place["differs"] is True
    assert set(place.values()) >= {"the strait", "the bay"}


def test_as_known_on_an_earlier_day_the_thing_is_missing(collection: None, browse: Browse) -> None:
    client = browse("ann")

    assert client.get(f"/incidents/things/{ONE}/?known_on=2026-01-09").status_code == 404
    assert client.get(f"/incidents/things/{ONE}/?known_on=2026-01-10").status_code == 200


def test_many_links_have_a_figure_with_its_table_and_are_folded_after_fifty(
    store: Callable[..., None], browse: Browse
) -> None:
    many = [
        incident(
            f"m{number}",
            thing=f"incident--00000000-0000-4000-8000-{number:012d}",
            name=f"Matter {number:03d}",
            links=(Link("attributed-to", f"incident--00000000-0000-4000-8000-{number:012d}", GROUP, "Some Group"),),
        )
        for number in range(100, 160)
    ]
    store("press", *many)

    page = page_of(browse("ann"), GROUP)

    figure = page[page.index('id="near-graph"') :]
    assert "Matter 100" in figure[: figure.index("</figure>")]
    assert "attributed (60)" in page
    assert "all 60" in page


def test_list_of_open_pairs_leaves_out_what_is_decided_or_above_the_ceiling(collection: None, browse: Browse) -> None:
    number, client = propose(marking="AMBER", other=SECRET), browse("ann")

    waiting = client.get("/incidents/same/").content.decode()
    hidden = browse("cleo").get("/incidents/same/").content.decode()
    client.post(f"/incidents/things/{ONE}/same/{number}/", {"verdict": "reject", "reason": "Other ship"})
    decided = client.get("/incidents/same/").content.decode()

    assert "Quiet matter" in waiting
    assert "Quiet matter" not in hidden
    assert "Nothing waits" in decided


def test_a_document_that_also_holds_what_lies_above_the_ceiling_is_not_named(
    persons: dict[str, Person], store: Callable[..., None]
) -> None:
    client = Client()
    client.force_login(persons["ann"])
    store("plain", incident("x", thing=ONE), marking="AMBER")
    store("mixed", incident("a", thing=TWO), incident("b", thing=SECRET, marking="AMBER+STRICT"), marking="AMBER")

    plain = client.get(f"/incidents/things/{ONE}/").content.decode()
    mixed = client.get(f"/incidents/things/{TWO}/").content.decode()

    assert "plain.json" in plain
    assert "mixed.json" not in mixed
