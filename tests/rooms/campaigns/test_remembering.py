"""A rejection is remembered until the evidence changes; an acceptance holds for what was accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.conftest import Reading, incident
from tests.rooms.campaigns.conftest import NOW, keep_run, uuid_of
from verband.language.markings import Ceiling
from verband.language.records import Attribute
from verband.rooms.campaigns import services
from verband.rooms.campaigns.models import Decision, Run
from verband.rooms.campaigns.remembering import SAME, Remembered, recall
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture

GROUPS = st.dictionaries(
    st.integers(0, 40), st.frozensets(st.integers(0, 9), min_size=1, max_size=3), min_size=3, max_size=12
)


def remembered(read: dict[int, frozenset[int]], verdict: str = "reject") -> Remembered:
    return Remembered(Decision(verdict=verdict, decided_at=1), read)


@given(GROUPS)
def test_an_unchanged_group_stays_rejected(group: dict[int, frozenset[int]]) -> None:
    found = recall(group, [remembered(group)])

    assert found is not None
    assert (found.holds, found.new, found.gone, found.records) == (True, (), (), 0)


@given(GROUPS, st.data())
def test_a_new_record_about_a_member_ends_the_rejection(group: dict[int, frozenset[int]], data: st.DataObject) -> None:
    thing = data.draw(st.sampled_from(sorted(group)))

    found = recall(group | {thing: group[thing] | {99}}, [remembered(group)])

    assert found is not None
    assert (found.holds, found.records) == (False, 1)


@given(GROUPS, st.integers(1, 12))
def test_members_that_join_end_the_rejection_past_a_fifth(group: dict[int, frozenset[int]], joining: int) -> None:
    grown = group | {100 + number: frozenset({1}) for number in range(joining)}

    found = recall(grown, [remembered(group)])

    assert found is not None
    assert found.holds == (len(group) / len(grown) >= SAME)
    assert len(found.new) == joining


@given(GROUPS, GROUPS)
def test_groups_with_less_than_half_in_common_recall_nothing(
    group: dict[int, frozenset[int]], other: dict[int, frozenset[int]]
) -> None:
    moved = {thing + 1000: records for thing, records in other.items()}

    assert recall(group, [remembered(moved)]) is None


def test_acceptance_holds_while_no_more_is_new_than_was_accepted() -> None:
    accepted = {number: frozenset({number}) for number in range(3)}
    five = accepted | {3: frozenset({3}), 4: frozenset({4})}
    many = accepted | {number: frozenset({number}) for number in range(3, 9)}

    grown = recall(five, [remembered(accepted, "accept")])
    swamped = recall(many, [remembered(accepted, "accept")])

    assert grown is not None
    assert (grown.holds, grown.new) == (True, (3, 4))
    assert swamped is not None
    assert not swamped.holds


def test_of_decisions_about_like_groups_the_most_alike_then_the_latest_counts() -> None:
    group = {number: frozenset({number}) for number in range(5)}
    nearly = {number: frozenset({number}) for number in range(4)}
    older = Remembered(Decision(verdict="reject", decided_at=1), group)
    newer = Remembered(Decision(verdict="accept", decided_at=5), group)
    other = Remembered(Decision(verdict="reject", decided_at=9), nearly)

    found = recall(group, [older, newer, other])

    assert found is not None
    assert found.decision.verdict == "accept"


@pytest.fixture
def rejected(run: Run, persons: dict[str, Person]) -> Run:
    """The drones, rejected by an analyst up to AMBER."""
    ann = people.reader(persons["ann"])
    services.decide(uuid_of(run, proposed=True), verdict="reject", reason="Hobby pilots", who=ann, now=NOW)
    return run


def again(persons: dict[str, Person], *places: int) -> Run:
    """A later run over what is in the picture now, with the group at these places (in recorded order) proposed."""
    views = tuple(sorted(picture.incidents(Ceiling("AMBER")), key=lambda view: min(r.id for r in view.records)))
    made = keep_run(persons["ann"], views, Ceiling("AMBER"), proposed=places)
    made.run_at += 86_400
    made.save()
    return made


def more(tmp_path: Path, key: str, number: int, *, source: str = "court") -> None:
    """A record about drone incident `number` that came in a day later."""
    unit = incident(
        key,
        thing=f"incident--00000000-0000-4000-8000-{number:012d}",
        name=f"Drones, {key}",
        marking="AMBER",
        attributes=(Attribute("domain", "airspace", "airspace"), Attribute("means", "drone overflight", "drone")),
    )
    path = tmp_path / f"{key}.json"
    path.write_text(key)
    later = NOW + timedelta(hours=12)
    ingest.store(
        Reading([unit], source), path=path, sha256=f"{number:064d}", actor="test", ceiling=Ceiling("RED"), now=later
    )


@pytest.mark.requirement("R016")
def test_a_rejected_group_is_not_proposed_by_the_next_run(rejected: Run, persons: dict[str, Person]) -> None:
    again(persons, 3, 4, 5)

    rows = services.overview(people.reader(persons["ann"]))

    assert [row.state for row in rows] == ["rejected"]


@pytest.mark.requirement("R016")
def test_a_rejected_group_is_proposed_again_with_what_is_new(
    rejected: Run, persons: dict[str, Person], tmp_path: Path, browse: Callable[..., Client]
) -> None:
    more(tmp_path, "c1", 4)
    latest = again(persons, 3, 4, 5)

    rows = services.overview(people.reader(persons["ann"]))
    page = browse("ann").get(f"/campaigns/{uuid_of(latest, proposed=True)}/").content.decode()

    assert [row.state for row in rows] == ["proposed"]
    assert rows[0].recall is not None
    assert (rows[0].recall.holds, rows[0].recall.records) == (False, 1)
    assert "Proposed again." in page
    assert "Hobby pilots" in page
    assert "1 record about the incidents judged then" in page
    assert "Accept…" in page


def test_a_record_that_came_in_after_the_run_changes_nothing_before_the_next(
    rejected: Run, persons: dict[str, Person], tmp_path: Path
) -> None:
    more(tmp_path, "c1", 4)

    rows = services.overview(people.reader(persons["ann"]))

    assert [row.state for row in rows if row.uuid == uuid_of(rejected, proposed=True)] == ["rejected"]


def test_a_rejected_page_says_when_it_would_be_proposed_again(rejected: Run, browse: Callable[..., Client]) -> None:
    page = browse("ann").get(f"/campaigns/{uuid_of(rejected, proposed=True)}/").content.decode()

    assert "It would be proposed again if" in page


def test_an_accepted_campaign_that_grows_keeps_its_acceptance_and_names_what_is_new(
    run: Run, persons: dict[str, Person], tmp_path: Path, browse: Callable[..., Client]
) -> None:
    ann = people.reader(persons["ann"])
    services.decide(uuid_of(run, proposed=True), verdict="accept", reason="One pilot", who=ann, now=NOW)
    more(tmp_path, "d1", 7)
    latest = again(persons, 3, 4, 5, 6)
    address = f"/campaigns/{uuid_of(latest, proposed=True)}/"

    row = services.overview(ann)[0]
    page = browse("ann").get(address).content.decode()
    browse("ann").post(f"{address}decide/", {"verdict": "accept", "reason": "The fourth as well"})
    after = services.overview(ann)[0]

    assert row.state == "accepted"
    assert row.recall is not None
    assert len(row.recall.new) == 1
    assert "1 incident is new</strong> since the acceptance and not yet judged" in page
    assert "Drones, d1" in page
    assert after.recall is not None
    assert (after.state, after.recall.new) == ("accepted", ())


def test_undoing_a_rejection_that_held_for_a_like_group_undoes_that_decision(
    rejected: Run, persons: dict[str, Person], tmp_path: Path
) -> None:
    ann = people.reader(persons["ann"])
    latest = again(persons, 3, 4, 5)

    services.undo(uuid_of(latest, proposed=True), reason="New insight", who=ann, now=NOW)

    assert [row.state for row in services.overview(ann)] == ["proposed"]
    assert Decision.objects.get().undone_reason == "New insight"


def test_a_decision_without_kept_incidents_holds_for_the_very_same_group() -> None:
    bare = replace(remembered({}), decision=Decision(uuid="9b2dda96-de81-5006-af5e-d1bd98df54a8", verdict="reject"))
    group = {1: frozenset({1}), 2: frozenset({2}), 3: frozenset({3})}

    same = recall(group, [bare], uuid="9b2dda96-de81-5006-af5e-d1bd98df54a8")

    assert same is not None
    assert same.holds
    assert recall(group, [bare], uuid="0547cc23-3b82-5cd3-b70e-31ca2cb211c0") is None
