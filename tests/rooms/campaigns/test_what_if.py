"""What is left of a campaign without a source or feature: an honest run again that is nobody's newest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import NOW, uuid_of
from verband.language.errors import RefusedError
from verband.language.markings import Ceiling
from verband.methods import connecting as method
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import comparing, connecting, services, tasks, what_if
from verband.rooms.campaigns.models import Run
from verband.rooms.campaigns.what_if import LeftOut
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture

Browse = Callable[..., Client]


def address(run: Run, rest: str = "") -> str:
    return f"/campaigns/{uuid_of(run, proposed=True)}/what-if/{rest}"


@pytest.mark.requirement("R016")
def test_weights_say_what_share_of_the_links_falls_without_each_feature_and_source(
    run: Run, persons: dict[str, Person]
) -> None:
    view = services.campaign(uuid_of(run, proposed=True), people.reader(persons["ann"]))

    rows = {(row.kind, row.key): row for row in what_if.weights(view)}

    # Three links of 1.5 (means) and 0.2 (country), one of them 0.6 (time): 5.7 bans in all.
    assert rows["features", "means"].share == pytest.approx(4.5 / 5.7)
    assert rows["features", "country"].share == pytest.approx(0.6 / 5.7)
    assert rows["features", "time"].share == pytest.approx(0.6 / 5.7)
    assert not rows["features", "time"].may_go
    assert rows["sources", "press"].share == pytest.approx(1.0)
    assert rows["sources", "press"].incidents == 3


def test_a_what_if_run_is_nobodys_newest_and_shows_in_no_list(
    run: Run, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]
) -> None:
    ann = people.reader(persons["ann"])
    before = services.overview(ann)

    asked = what_if.ask(run, LeftOut(features=("means",)), who=ann, now=datetime(2026, 2, 1, tzinfo=UTC))

    assert asked.what_if_of == run
    assert services.newest_run(Ceiling("AMBER")) == run
    assert services.overview(ann) == before
    assert services.campaign(uuid_of(run, proposed=True), ann).run == run


def test_a_what_if_reads_the_same_records_with_the_same_settings_and_seed(
    run: Run, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]
) -> None:
    ann = people.reader(persons["ann"])
    read = [connecting.evidence_of(view) for view in connecting.readable(run.ceiling())]
    settings = method.Parameters(exclude_features=("means",))

    asked = what_if.ask(run, LeftOut(features=("means",)), who=ann, now=NOW)
    result = method.connect(read, settings)

    assert list(asked.parameters["exclude_features"]) == ["means"]
    assert asked.parameters["seed"] == run.parameters["seed"]
    assert asked.comparisons == result.comparisons
    assert list(asked.null_best) == list(result.null_best)
    assert asked.input_digest == connecting.input_digest(read)


def test_asking_twice_answers_from_the_same_run(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])

    first = what_if.ask(run, LeftOut(features=("means", "country")), who=ann, now=NOW)
    again = what_if.ask(run, LeftOut(features=("country", "means")), who=ann, now=NOW)

    assert first == again


def test_without_its_only_source_nothing_is_left_and_each_incident_says_so(
    run: Run, persons: dict[str, Person]
) -> None:
    ann = people.reader(persons["ann"])
    view = services.campaign(uuid_of(run, proposed=True), ann)

    asked = what_if.ask(run, LeftOut(sources=("press",)), who=ann, now=NOW)
    found = what_if.answer(view, asked, who=ann)

    assert asked.incidents == 0
    assert found.group is None
    assert (found.stays, len(found.falls), len(found.unread)) == ((), 3, 3)


def test_a_what_if_run_stays_under_the_ceiling_of_its_run(run: Run, persons: dict[str, Person]) -> None:
    ann, cleo = (people.reader(persons[name]) for name in ("ann", "cleo"))

    asked = what_if.ask(run, LeftOut(sources=("press",)), who=ann, now=NOW)

    assert asked.ceiling() == run.ceiling()
    assert asked.pk not in {row.run.pk for row in comparing.runs(cleo)}


def test_page_runs_at_once_for_few_incidents_and_the_answer_has_an_address(run: Run, browse: Browse) -> None:
    run.thin = True
    run.save()
    client = browse("ann")

    empty = client.get(address(run, "?without_feature=means")).content.decode()
    answer = client.post(address(run, "ask/"), {"without_feature": "means"})
    page = client.get(answer["Location"]).content.decode()

    assert "Nobody asked this yet" in empty
    assert answer["Location"].endswith("?without_feature=means")
    assert "Without means" in page
    assert "What became of each incident" in page
    assert "It read the same records" in page
    assert next(audit.entries(action="what if")).detail


def test_page_hands_a_long_search_to_the_worker_once(run: Run, browse: Browse) -> None:
    client = browse("ann")

    client.post(address(run, "ask/"), {"without_feature": "means"})
    again = client.post(address(run, "ask/"), {"without_feature": "means"}, follow=True).content.decode()

    assert tasks.what_if_waits(run.key, LeftOut(features=("means",)).kept())
    assert not tasks.what_if_waits(run.key, LeftOut(features=("country",)).kept())
    assert "The method is running" in again
    assert Run.objects.count() == 1


def test_worker_asks_as_the_person_who_asked(run: Run) -> None:
    made = tasks.what_if.call("ann", run.key, LeftOut(features=("means",)).kept())

    assert Run.objects.get(pk=made["run"]).run_by.startswith("ann")


def test_what_the_campaign_does_not_rest_on_cannot_be_left_out(run: Run, browse: Browse) -> None:
    answer = browse("ann").post(address(run, "ask/"), {"without_feature": "vessel", "without_source": "nobody"})

    assert answer["Location"] == address(run)
    assert Run.objects.count() == 1


def test_decider_reads_but_may_not_ask(run: Run, persons: dict[str, Person], browse: Browse) -> None:
    page = browse("dirk").get(address(run)).content.decode()

    assert "What is left without these?" not in page
    assert browse("dirk").post(address(run, "ask/"), {"without_feature": "means"}).status_code == 403
    with pytest.raises(RefusedError):
        what_if.ask(run, LeftOut(features=("means",)), who=people.reader(persons["dirk"]), now=NOW)


@pytest.mark.requirement("D1")
def test_reader_below_the_marking_finds_nothing(run: Run, browse: Browse) -> None:
    for rest in ("", "?format=csv"):
        assert browse("cleo").get(address(run, rest)).status_code == 404
    assert browse("cleo").post(address(run, "ask/"), {"without_feature": "means"}).status_code == 404
    assert browse("cleo").get(f"/campaigns/{uuid_of(run, proposed=True)}/matrix/").status_code == 404


def test_what_rests_on_what_leaves_as_a_table(run: Run, browse: Browse) -> None:
    rows = json.loads(browse("ann").get(address(run, "?format=json")).content)

    assert [row["name"] for row in rows if row["kind"] == "source"] == ["Press"]
    assert rows[0] == {"kind": "feature", "key": "means", "name": "means", "share": 0.7895, "bans": 4.5, "incidents": 3}


def test_matrix_marks_who_states_what_for_eyes_and_ears(run: Run, browse: Browse) -> None:
    client, there = browse("ann"), f"/campaigns/{uuid_of(run, proposed=True)}/matrix/"

    page = client.get(there).content.decode()
    table = client.get(f"{there}?format=csv").content.decode().splitlines()

    assert page.index("Drones over a base") < page.index("Drones over a port")
    assert 'title="Press b1 (B2): “drone overflight”"' in page
    assert "stated by Press b1" in " ".join(page.split())
    assert table[0].startswith("incident,title,when,means: drone overflight")
    assert "press b1" in table[1]
