"""Merging and splitting: by a person, with a reason, undoable, and never the method's proposal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import NOW, keep_run, uuid_of
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import grouping, services
from verband.rooms.campaigns.models import Grouping, Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture

Browse = Callable[..., Client]
BASE = "incident--00000000-0000-4000-8000-000000000004"


def both(run: Run) -> list[str]:
    return [uuid_of(run, proposed=True), uuid_of(run, proposed=False)]


@pytest.mark.requirement("P19")
def test_a_merged_group_bears_a_persons_name_and_all_incidents(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])

    made = grouping.merge(both(run), reason="One ship launched the drones", who=ann, now=NOW)
    found = grouping.view(str(made.uuid), ann)

    assert made.made_by == ann.signature
    assert [len(part.incidents) for part in found.parts] == [6]
    assert [origin["uuid"] for origin in made.origins] == both(run)
    assert [row.state for row in services.overview(ann)] == ["proposed", "coincidence"]
    assert next(audit.entries(action="campaigns merge")).object == f"grouping {made.uuid}"


def test_a_split_leaves_a_single_incident_out_of_any_group(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])

    made = grouping.split(uuid_of(run, proposed=True), apart=[BASE], reason="A hobby pilot", who=ann, now=NOW)
    found = grouping.view(str(made.uuid), ann)

    assert [[view.lead.key for view in part.incidents] for part in found.parts] == [["b3", "b2"]]


def test_a_split_of_nothing_or_everything_is_refused(run: Run, persons: dict[str, Person]) -> None:
    ann, uuid = people.reader(persons["ann"]), uuid_of(run, proposed=True)
    every = [view.stix_id for view in services.campaign(uuid, ann).incidents]

    for apart in ([], every):
        with pytest.raises(InputError, match="No part to split off"):
            grouping.split(uuid, apart=apart, reason="x", who=ann, now=NOW)


def test_a_merge_needs_two_campaigns_a_reason_and_is_made_once(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])

    with pytest.raises(InputError, match="merged with itself"):
        grouping.merge(both(run)[:1] * 2, reason="x", who=ann, now=NOW)
    with pytest.raises(InputError):
        grouping.merge(both(run), reason=" ", who=ann, now=NOW)
    grouping.merge(both(run), reason="x", who=ann, now=NOW)
    with pytest.raises(InputError, match="same grouping already"):
        grouping.merge(both(run), reason="y", who=ann, now=NOW)


def test_undoing_keeps_the_grouping_in_the_history(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])
    made = grouping.merge(both(run), reason="One ship", who=ann, now=NOW)

    grouping.undo(str(made.uuid), reason="Two ships", who=ann, now=NOW)
    view = services.campaign(uuid_of(run, proposed=True), ann)

    assert grouping.standing(ann) == ()
    assert [found.undone for found in grouping.of_campaign(view, ann)] == [True]
    with pytest.raises(InputError):
        grouping.undo(str(made.uuid), reason="again", who=ann, now=NOW)


@pytest.mark.requirement("D1")
def test_a_grouping_is_marked_by_what_its_maker_could_read(run: Run, persons: dict[str, Person]) -> None:
    """The cables are CLEAR, but the run that grouped them was AMBER."""
    ann, cleo = (people.reader(persons[name]) for name in ("ann", "cleo"))
    first = services.campaign(uuid_of(run, proposed=False), ann).incidents[0].stix_id
    made = grouping.split(uuid_of(run, proposed=False), apart=[first], reason="x", who=ann, now=NOW)

    assert made.marking.tlp == "AMBER"
    assert grouping.standing(cleo) == ()
    with pytest.raises(NotFoundError):
        grouping.view(str(made.uuid), cleo)


def test_a_later_run_with_the_same_incidents_is_linked(
    run: Run, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...], browse: Browse
) -> None:
    ann = people.reader(persons["ann"])
    made = grouping.merge(both(run), reason="One ship", who=ann, now=NOW)
    before = grouping.view(str(made.uuid), ann).parts[0].proposed

    keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2, 3, 4, 5))
    page = browse("ann").get(f"/campaigns/groupings/{made.uuid}/").content.decode()

    assert before == ()
    assert len(grouping.view(str(made.uuid), ann).parts[0].proposed) == 1
    assert "The newest run has a group of the same incidents" in page


def test_only_who_may_judge_campaigns_merges_splits_and_undoes(run: Run, persons: dict[str, Person]) -> None:
    home = people.organisation("home")
    admin = people.reader(people.add_person("adam", role="administrator", organisation=home, actor="test", tlp="AMBER"))
    made = grouping.merge(both(run), reason="One ship", who=people.reader(persons["ann"]), now=NOW)

    for who in (people.reader(persons["dirk"]), admin):
        with pytest.raises(RefusedError):
            grouping.merge(both(run), reason="x", who=who, now=NOW)
        with pytest.raises(RefusedError):
            grouping.split(both(run)[0], apart=[BASE], reason="x", who=who, now=NOW)
        with pytest.raises(RefusedError):
            grouping.undo(str(made.uuid), reason="x", who=who, now=NOW)


def test_pages_show_errors_beside_the_field_and_then_who_made_what(run: Run, browse: Browse) -> None:
    client, there = browse("ann"), f"/campaigns/{uuid_of(run, proposed=True)}/split/"

    bare = client.post(there, {"reason": " ", "incident": [BASE]})
    none = client.post(there, {"reason": "A hobby pilot"})
    made = client.post(there, {"reason": "A hobby pilot", "incident": [BASE]}, follow=True).content.decode()
    campaign = client.get(f"/campaigns/{uuid_of(run, proposed=True)}/").content.decode()
    listed = client.get("/campaigns/").content.decode()

    assert (bare.status_code, none.status_code) == (400, 400)
    assert 'id="split-reason-error"' in bare.content.decode()
    assert 'id="choice-error"' in none.content.decode()
    assert "<title>Error:" in none.content.decode()
    assert "Made by ann (analyst, Home)" in made
    assert "The method did not propose it like this" in made
    assert "was not tested" in made
    assert "split this group" in campaign
    assert 'id="groupings-head"' in listed


def test_pages_refuse_who_may_not_and_hide_from_who_may_not_see(run: Run, browse: Browse) -> None:
    browse("ann").post("/campaigns/merge/", {"reason": "One ship", "campaign": both(run)})
    number = Grouping.objects.get().uuid

    assert browse("dirk").get("/campaigns/merge/").status_code == 403
    assert browse("dirk").post(f"/campaigns/groupings/{number}/undo/", {"reason": "x"}).status_code == 403
    assert browse("dirk").get(f"/campaigns/groupings/{number}/").status_code == 200
    assert browse("cleo").get(f"/campaigns/groupings/{number}/").status_code == 404
    assert browse("cleo").get("/campaigns/groupings/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert browse("cleo").get(f"/campaigns/{uuid_of(run, proposed=True)}/split/").status_code == 404
    assert "Undo the grouping" not in browse("dirk").get(f"/campaigns/groupings/{number}/").content.decode()


def test_a_grouping_leaves_as_a_table_and_is_undone_on_its_page(run: Run, browse: Browse) -> None:
    client = browse("ann")
    client.post("/campaigns/merge/", {"reason": "One ship", "campaign": both(run)})
    there = f"/campaigns/groupings/{Grouping.objects.get().uuid}/"

    rows = json.loads(client.get(f"{there}?format=json").content)
    refused = client.post(f"{there}undo/", {"reason": ""})
    undone = client.post(f"{there}undo/", {"reason": "Two ships"}, follow=True).content.decode()

    assert len(rows) == 6
    assert 'id="undo-reason-error"' in refused.content.decode()
    assert "Two ships" in undone
