"""Two runs beside each other, under the reader's ceiling."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import NOW, keep_run
from tests.rooms.campaigns.test_views import words
from verband.language.errors import NotFoundError
from verband.language.markings import Ceiling
from verband.rooms.campaigns import comparing, what_if
from verband.rooms.campaigns.models import Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture

Views = tuple[picture.IncidentView, ...]


def test_campaigns_are_the_same_changed_new_or_gone(run: Run, persons: dict[str, Person], incidents: Views) -> None:
    ann = people.reader(persons["ann"])
    same = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))
    grown = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(2, 3, 4, 5))
    other = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2))

    def states(second: Run) -> list[str]:
        return [pair.state for pair in comparing.compare(same, second, who=ann).pairs]

    assert states(same) == ["same"]
    assert states(grown) == ["changed"]
    assert states(other) == ["new", "gone"]
    assert [pair.state for pair in comparing.compare(run, other, who=ann).pairs] == ["changed", "gone"]


def test_a_changed_campaign_names_who_came_in_and_who_fell_out(
    run: Run, persons: dict[str, Person], incidents: Views
) -> None:
    second = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(2, 3, 4))

    pair = comparing.compare(run, second, who=people.reader(persons["ann"])).pairs[0]

    assert [view.name for view in pair.came] == ["Cables cut on one day"]
    assert [view.name for view in pair.went] == ["Drones over an airport"]


def test_what_was_read_differs_by_the_incidents_above_the_lower_ceiling(
    run: Run, persons: dict[str, Person], incidents: Views
) -> None:
    lower = keep_run(persons["ann"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2))

    found = comparing.compare(lower, run, who=people.reader(persons["ann"]))

    assert sorted(view.lead.key for view in found.added) == ["b1", "b2", "b3"]
    assert (found.withdrawn, found.altered) == ((), ())
    assert [row.key for row in found.settings] == ["ceiling"]


def test_a_what_if_differs_in_what_it_leaves_out(run: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])
    asked = what_if.ask(run, what_if.LeftOut(features=("means",)), who=ann, now=NOW)

    found = comparing.compare(run, asked, who=ann)

    assert [(row.key, row.second) for row in found.settings] == [("left_out_features", ["means"])]


@pytest.mark.requirement("D18")
def test_runs_above_the_ceiling_are_absent_and_answer_as_missing_ones(
    run: Run, persons: dict[str, Person], incidents: Views, browse: Callable[..., Client]
) -> None:
    lower = keep_run(persons["ann"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2))
    cleo = people.reader(persons["cleo"])

    hidden = browse("cleo").get(f"/campaigns/runs/compare/?a={run.key}&b={lower.key}")
    missing = browse("cleo").get(f"/campaigns/runs/compare/?a=99999&b={lower.key}")

    assert [row.run for row in comparing.runs(cleo)] == [lower]
    assert hidden.status_code == missing.status_code == 404
    assert words(hidden).replace(run.key, "99999") == words(missing)
    with pytest.raises(NotFoundError):
        comparing.run("x", cleo)


def test_pages_show_settings_in_words_and_leave_as_tables(
    run: Run, persons: dict[str, Person], incidents: Views, browse: Callable[..., Client]
) -> None:
    second = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(2, 3, 4))
    second.run_at += 60
    second.save()
    client, there = browse("dirk"), f"/campaigns/runs/compare/?a={run.key}&b={second.key}"

    listed = client.get("/campaigns/runs/").content.decode()
    page = client.get(there).content.decode()
    rows = json.loads(client.get(f"{there}&format=json").content)
    runs = json.loads(client.get("/campaigns/runs/?format=json").content)

    assert "at most 5 % chance; seed 0" in listed
    assert "Every setting is the same" in page
    assert "No incident came in, none was withdrawn" in page
    assert [row["state"] for row in rows] == ["changed"]
    assert [row["run"] for row in runs] == [second.key, run.key]


def test_of_the_runs_of_one_job_a_reader_has_the_last_that_he_may_see(
    run: Run, persons: dict[str, Person], incidents: Views
) -> None:
    lower = keep_run(persons["ann"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2))
    own = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))

    assert [row.run for row in comparing.runs(people.reader(persons["ann"]))] == [own]
    assert [row.run for row in comparing.runs(people.reader(persons["cleo"]))] == [lower]
