"""The pages of campaigns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.rooms.campaigns.conftest import keep_run, uuid_of
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import tasks
from verband.rooms.campaigns.models import Decision, Run
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture

Browse = Callable[..., Client]


def address(run: Run, tab: str = "", *, proposed: bool = True) -> str:
    return f"/campaigns/{uuid_of(run, proposed=proposed)}/{tab}"


def words(answer: Any) -> str:
    """The page without the token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_list_sets_proposed_apart_from_what_is_held_for_coincidence(run: Run, browse: Browse) -> None:
    page = browse("ann").get("/campaigns/").content.decode()

    proposed, held = page.index("Drone overflight"), page.index("Anchor dragging")
    assert proposed < page.index('id="chance-head"') < held
    assert "0.8 %" in page
    assert "6 incidents were read and 18 groups compared" in page
    assert "a campaign of fewer than 4 separate reports" in page


def test_list_without_a_run_says_what_to_do_first(persons: dict[str, Person], browse: Browse) -> None:
    page = browse("ann").get("/campaigns/").content.decode()

    assert "No run yet" in page
    assert "Connect again" in page


def test_reader_who_may_not_connect_has_no_button_and_is_refused(run: Run, browse: Browse) -> None:
    client = browse("dirk")

    assert "Connect again" not in client.get("/campaigns/").content.decode()
    assert client.post("/campaigns/connect/").status_code == 403
    assert DBTaskResult.objects.count() == 0


def test_connect_again_is_handed_to_the_worker_once(run: Run, browse: Browse) -> None:
    client = browse("ann")

    client.post("/campaigns/connect/")
    again = client.post("/campaigns/connect/", follow=True).content.decode()

    assert [job.task_path for job in DBTaskResult.objects.all()] == [tasks.connect_again.module_path]
    assert "under way already" in again


@pytest.mark.requirement("R018")
def test_page_gives_reasons_with_their_sources_and_three_sentences_of_coincidence(run: Run, browse: Browse) -> None:
    page = browse("ann").get(address(run)).content.decode()

    assert "3 of the 3 incidents name “drone overflight” (means); no other report does." in page
    assert "That is how often a group like this arises by chance in this collection" in page
    assert "18 groups were compared" in page
    assert "People chose what is in this collection" in page
    assert "suspected" in page
    assert 'class="grade"' in page
    assert "a person decides" in page


def test_page_says_which_values_were_too_common_to_make_pairs_from(run: Run, browse: Browse) -> None:
    without = browse("ann").get(address(run)).content.decode()
    run.capped = {"values": [{"feature": "country", "value": "EE", "df": 6, "n": 6}], "many": 3}
    run.save()

    english, dutch = (browse("ann", language).get(address(run)).content.decode() for language in ("en", "nl"))

    evidence = english[english.index('id="why-head"') : english.index('id="chance-head"')]
    assert "no pairs were made from: country “EE” (6 of 6 reports); and 2 more." in evidence
    assert "er zijn geen paren van gemaakt: land “EE” (6 van 6 meldingen)" in dutch
    assert "no pairs were made" not in without


def test_page_has_a_figure_and_its_table_for_time_shared_values_and_chance(run: Run, browse: Browse) -> None:
    page = browse("ann").get(address(run)).content.decode()

    for name in ("when-chart", "share-graph", "null-chart"):
        figure = page[page.index(f'id="{name}"') :]
        assert "<table" in figure[: figure.index("</figure>")]


def test_links_are_filtered_by_incident_and_feature(run: Run, browse: Browse) -> None:
    first = "incident--00000000-0000-4000-8000-000000000004"

    near = browse("ann").get(address(run) + "?feature=nearness+in+time").content.decode()
    own = browse("ann").get(address(run) + f"?incident={first}").content.decode()

    assert "1 of 3 links" in near
    assert (
        "Both name “drone overflight” (means, 2 of 6 reports) and “Estonia” (country, 2); 12 days apart; "
        "they differ in target."
    ) in near
    assert "2 of 3 links" in own


@pytest.mark.requirement("R105")
def test_accept_needs_a_reason_and_the_error_stands_beside_the_field(run: Run, browse: Browse) -> None:
    answer = browse("ann").post(address(run, "decide/"), {"verdict": "accept", "reason": "  "})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "<title>Error:" in page
    assert 'id="accept-reason-error"' in page
    assert 'aria-describedby="accept-reason-error"' in page
    assert Decision.objects.count() == 0


def test_accepting_then_undoing_keeps_both_in_the_history(run: Run, browse: Browse) -> None:
    client = browse("ann")

    client.post(address(run, "decide/"), {"verdict": "accept", "reason": "Same device"})
    accepted = client.get(address(run)).content.decode()
    client.post(address(run, "undo/"), {"reason": "Two sources were one"})
    undone = client.get(address(run, "history/")).content.decode()

    assert "Accepted" in accepted
    assert "Undo the decision" in accepted
    assert "Same device" in undone
    assert "Two sources were one" in undone
    assert "Accept…" in undone


def test_second_decision_is_an_error_beside_the_field(run: Run, browse: Browse) -> None:
    client = browse("ann")
    client.post(address(run, "decide/"), {"verdict": "reject", "reason": "Copied reports"})

    answer = client.post(address(run, "decide/"), {"verdict": "accept", "reason": "Still"})

    assert answer.status_code == 400
    assert Decision.objects.count() == 1


def test_reader_without_the_power_sees_no_decision_and_is_refused(run: Run, browse: Browse) -> None:
    client = browse("dirk")

    page = client.get(address(run)).content.decode()
    answer = client.post(address(run, "decide/"), {"verdict": "accept", "reason": "x"})

    assert "Accept…" not in page
    assert answer.status_code == 403


@pytest.mark.requirement("D1")
def test_reader_below_the_marking_gets_the_words_of_a_missing_campaign(run: Run, browse: Browse) -> None:
    client = browse("cleo")
    missing = "00000000-0000-4000-8000-000000000000"

    hidden = client.get(address(run))
    absent = client.get(f"/campaigns/{missing}/")

    assert hidden.status_code == absent.status_code == 404
    assert words(hidden).replace(uuid_of(run, proposed=True), missing) == words(absent)
    for tab in ("incidents/", "history/", "?format=stix", "?format=json"):
        assert client.get(address(run, tab)).status_code == 404


def test_list_of_a_lower_reader_comes_from_a_run_at_or_below_his_ceiling(
    run: Run, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...], browse: Browse
) -> None:
    assert "Anchor dragging" not in browse("cleo").get("/campaigns/").content.decode()
    keep_run(persons["ann"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2))

    page = browse("cleo").get("/campaigns/").content.decode()

    assert "Anchor dragging" in page
    assert "Drone" not in page
    assert "3 incidents were read" in page


def test_reading_marked_records_is_logged(run: Run, browse: Browse) -> None:
    browse("ann").get(address(run))

    entry = next(audit.entries(action="read"))
    assert entry.object == f"campaign {uuid_of(run, proposed=True)}"
    assert "TLP:AMBER" in entry.detail


def test_stix_bundle_is_repeatable_and_carries_tlp_2(run: Run, browse: Browse) -> None:
    client = browse("ann")

    first = client.get(address(run) + "?format=stix").content
    second = client.get(address(run) + "?format=stix").content
    bundle = json.loads(first)
    kinds = [item["type"] for item in bundle["objects"]]
    campaign = next(item for item in bundle["objects"] if item["type"] == "campaign")
    relations = [item for item in bundle["objects"] if item["type"] == "relationship"]

    assert first == second
    assert kinds == ["marking-definition", "campaign", *["incident"] * 3, *["relationship"] * 3]
    assert campaign["id"] == f"campaign--{uuid_of(run, proposed=True)}"
    assert campaign["object_marking_refs"] == ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"]
    assert {item["relationship_type"] for item in relations} == {"associated-with"}
    assert {item["source_ref"] for item in relations} == {campaign["id"]}


def test_list_exports_what_it_shows(run: Run, browse: Browse) -> None:
    client = browse("ann")

    table = client.get("/campaigns/?format=csv").content.decode().splitlines()
    rows = json.loads(client.get("/campaigns/?format=json").content)
    bundle = json.loads(client.get("/campaigns/?format=stix").content)

    assert table[0].startswith("id,title,state,incidents")
    assert [row["state"] for row in rows] == ["proposed", "coincidence"]
    assert sum(item["type"] == "campaign" for item in bundle["objects"]) == 1
    assert [entry.object for entry in audit.entries(action="exported")] == ["campaigns"] * 3


def test_incidents_tab_lists_each_with_grade_and_certainty(run: Run, browse: Browse) -> None:
    page = browse("ann").get(address(run, "incidents/")).content.decode()

    for name in ("Drones over a base", "Drones over a port", "Drones over an airport"):
        assert name in page
    assert "suspected" in page


def test_page_as_known_before_the_run_knows_no_campaign(run: Run, browse: Browse) -> None:
    client = browse("ann")

    assert client.get(address(run) + "?known_on=2026-01-09").status_code == 404
    assert client.get(address(run) + "?known_on=2026-01-10").status_code == 200


@pytest.mark.requirement("P12")
def test_no_page_of_the_room_uses_the_forbidden_words_of_chance(run: Run, browse: Browse) -> None:
    for language in ("en", "nl"):
        client = browse("ann", language)
        for page in ("/campaigns/", address(run), address(run, "incidents/"), address(run, "history/")):
            text = client.get(page).content.decode().lower()
            assert "chance that this is coincidence" not in text
            assert "kans dat dit toeval is" not in text
