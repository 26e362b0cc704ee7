"""What `verband connect` prints of a run: what waits, and apart from it what people decided before."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.rooms.campaigns.conftest import NOW, keep_run, uuid_of
from verband.cli import connect_words
from verband.language.markings import Ceiling
from verband.methods import connecting as method
from verband.rooms.campaigns import services
from verband.rooms.campaigns.models import Night, Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture.services import IncidentView

pytestmark = pytest.mark.django_db

Incidents = tuple[IncidentView, ...]


def printed(run: Run, incidents: Incidents, person: Person, language: str = "en") -> list[str]:
    """The lines after a run of these incidents."""
    result = method.Result("connecting", "1", method.Parameters(), len(incidents), len(incidents), 18, 4)
    outcome = services.Outcome(run, incidents, result)
    with translation.override(language):
        return list(connect_words.lines(outcome, services.overview(people.reader(person)), language))


def test_what_people_decided_is_not_counted_as_proposed_and_said_apart(
    run: Run, incidents: Incidents, persons: dict[str, Person]
) -> None:
    ann, drones = persons["ann"], uuid_of(run, proposed=True)
    before = printed(run, incidents, ann)
    services.decide(drones, verdict="reject", reason="a show", who=people.reader(ann), now=NOW)

    after, dutch = printed(run, incidents, ann), printed(run, incidents, ann, "nl")

    assert before[1] == "1 campaign proposed; a person decides (verband serve)."
    assert not any("not counted" in line for line in before)
    assert after[1] == "0 campaigns proposed; a person decides (verband serve)."
    assert after[2] == "1 campaign is not counted, as people decided about it: 0 accepted, 1 rejected."
    assert dutch[2] == "1 campagne telt niet mee, want mensen hebben erover beslist: 0 aangenomen, 1 afgewezen."


def test_what_an_earlier_run_proposed_is_counted_apart_after_a_night(
    run: Run, incidents: Incidents, persons: dict[str, Person]
) -> None:
    night = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2), held=(3, 4, 5))
    Night.objects.create(run=night, under="one", number=1, new=6, level=0.025, proposed=1)

    said = printed(night, incidents, persons["ann"])

    assert said[1:3] == [
        "1 campaign proposed; a person decides (verband serve).",
        "1 more was proposed by an earlier run and waits too.",
    ]


def test_proposals_that_look_alike_are_named_together(incidents: Incidents, persons: dict[str, Person]) -> None:
    run = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5), held=(0, 1, 2), alike=True)
    drones, cables = (row.title_nl for row in services.overview(people.reader(persons["ann"])))

    said = printed(run, incidents, persons["ann"], "nl")

    assert f"Lijken op elkaar, misschien golven van één campagne: {drones}; en {cables}." in said
