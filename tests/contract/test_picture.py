"""What the picture promises, on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.contract.conftest import NOW, incident
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.ids import stix_id
from verband.language.markings import Ceiling, Marking
from verband.language.records import Attribute, Link, Reject
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.picture.ingest import Counts
from verband.rooms.picture.models import Document, Record, Thing

Store = Callable[..., Counts]
pytestmark = pytest.mark.django_db
CLEAR, AMBER = Ceiling("CLEAR"), Ceiling("AMBER")


def test_every_unit_is_new_unchanged_or_rejected(store: Store) -> None:
    units = [incident("a"), incident("b"), Reject(3, "c", "date", "time.impossible", "no such day")]

    counts = store(units)

    assert (counts.units, counts.new, counts.unchanged, counts.rejected) == (3, 2, 0, 1)
    assert counts.rejects_file is not None


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    store([incident("a"), incident("b")])

    again = store([incident("a"), incident("b")])

    assert (again.new, again.unchanged) == (0, 2)
    assert Record.objects.count() == 2
    assert Document.objects.count() == 1


def test_other_order_of_keys_and_spaces_is_the_same_content(store: Store) -> None:
    store([incident("a", content=b'{"x":1,"y":2}')])

    again = store([incident("a", content=b'{"y": 2, "x": 1}')])

    assert (again.new, again.unchanged) == (0, 1)


def test_the_same_version_with_other_content_is_kept_beside_the_first_and_flagged(store: Store) -> None:
    store([incident("a", content=b'{"x":1}', version="1")])

    again = store([incident("a", content=b'{"x":2}', version="1")])

    assert again.new == 1
    assert list(Record.objects.order_by("pk").values_list("disputed", flat=True)) == [False, True]


def test_the_same_id_twice_in_one_file_with_other_content_is_a_reject(store: Store) -> None:
    counts = store([incident("a", content=b'{"x":1}'), incident("a", content=b'{"x":2}')])

    assert (counts.new, counts.rejected) == (1, 1)


def test_the_same_id_from_another_source_is_another_record_of_the_same_thing(store: Store) -> None:
    store([incident("a")], source="press")
    store([incident("a", content=b'{"other":1}')], source="court")

    view = picture.thing(incident("a").thing or "", CLEAR)

    assert Thing.objects.count() == 1
    assert [side.record.source.key for side in view.sides] == ["press", "court"]
    assert [row.field for row in view.rows if row.differs] == []


def test_a_later_version_closes_the_one_before_and_known_on_shows_it(store: Store) -> None:
    store([incident("a", name="As first told", version="1", content=b'{"v":1}')])
    later = NOW + timedelta(days=3)
    store([incident("a", name="As told later", version="2", content=b'{"v":2}')], now=later)

    now = picture.incidents(CLEAR)
    then = picture.incidents(CLEAR, known_on=int(NOW.timestamp()) + 60)
    before = picture.incidents(CLEAR, known_on=int(NOW.timestamp()) - 60)

    assert [view.name for view in now] == ["As told later"]
    assert [view.name for view in then] == ["As first told"]
    assert before == []


def test_an_older_version_that_arrives_late_does_not_become_the_current_one(store: Store) -> None:
    store([incident("a", name="New", version="2", content=b'{"v":2}')])

    store([incident("a", name="Old", version="1", content=b'{"v":1}')], now=NOW + timedelta(days=1))

    assert [view.name for view in picture.incidents(CLEAR)] == ["New"]
    assert Record.objects.count() == 2


@pytest.mark.requirement("R027")
def test_a_record_above_the_installations_ceiling_is_refused_and_no_text_of_it_is_kept(store: Store) -> None:
    counts = store([incident("a", marking="RED", content=b'{"secret":1}'), incident("b")], top="AMBER")

    assert (counts.new, counts.rejected) == (1, 1)
    assert Record.objects.filter(key="a").count() == 0


@pytest.mark.requirement("D12")
def test_a_reader_gets_no_name_count_or_thing_above_his_ceiling(store: Store) -> None:
    actor = stix_id("intrusion-set", "Quiet Group")
    told = Link("attributed-to", incident("b").thing or "", actor, "Quiet Group")
    store([incident("a"), incident("b", marking="AMBER", links=(told,))])

    clear, amber = picture.incidents(CLEAR), picture.incidents(AMBER)

    assert [view.name for view in clear] == ["Incident a"]
    assert len(amber) == 2
    assert picture.search("quiet", ceiling=CLEAR) == []
    assert [hit.name for hit in picture.search("quiet", ceiling=AMBER)] == ["Quiet Group"]
    assert [count for _, count in picture.sources(CLEAR)] == [1]
    with pytest.raises(NotFoundError) as hidden:
        picture.thing(actor, CLEAR)
    with pytest.raises(NotFoundError) as absent:
        picture.thing(stix_id("intrusion-set", "Nobody"), CLEAR)
    assert hidden.value.code == absent.value.code


def test_a_filter_on_a_hidden_records_value_finds_nothing(store: Store) -> None:
    hidden = (Attribute("domain", "maritime", "maritime"),)
    store([incident("a"), incident("b", marking="AMBER", attributes=hidden)])

    found = picture.incidents(CLEAR, picture.Filter(values={"domain": ("maritime",)}))

    assert found == []


def test_two_things_held_the_same_are_one_incident_and_undoing_parts_them(store: Store, analyst: Reader) -> None:
    store([incident("a"), incident("b")])
    first, second = Thing.objects.order_by("pk")
    picture.propose_same([picture.Proposal(first.pk, second.pk, {}, 3.0, Marking())], actor="method", now=NOW)
    proposal = picture.same_proposals(AMBER)[0]

    before = len(picture.incidents(CLEAR))
    picture.decide_sameness(proposal.pk, verdict="accept", reason="same court case", who=analyst, now=NOW)
    joined = picture.incidents(CLEAR)
    picture.decide_sameness(proposal.pk, verdict="undo", reason="two cases after all", who=analyst, now=NOW)
    parted = picture.incidents(CLEAR)

    assert (before, len(joined), len(parted)) == (2, 1, 2)
    assert len(joined[0].records) == 2


def test_a_sameness_on_marked_evidence_joins_nothing_for_a_lower_reader(store: Store, analyst: Reader) -> None:
    store([incident("a"), incident("b")])
    first, second = Thing.objects.order_by("pk")
    picture.propose_same([picture.Proposal(first.pk, second.pk, {}, 3.0, Marking("AMBER"))], actor="m", now=NOW)
    number = picture.same_proposals(AMBER)[0].pk

    picture.decide_sameness(number, verdict="accept", reason="same", who=analyst, now=NOW)

    assert len(picture.incidents(CLEAR)) == 2
    assert len(picture.incidents(AMBER)) == 1
    assert picture.same_proposals(CLEAR) == []


def test_a_proposal_that_was_found_with_less_is_seen_by_more_until_somebody_decided(
    store: Store, analyst: Reader
) -> None:
    store([incident("a"), incident("b")])
    first, second = Thing.objects.order_by("pk")

    def propose(strength: float, marking: Marking) -> None:
        picture.propose_same([picture.Proposal(first.pk, second.pk, {}, strength, marking)], actor="m", now=NOW)

    propose(9.0, Marking("AMBER"))
    hidden = picture.same_proposals(CLEAR)
    propose(4.0, Marking())
    propose(9.0, Marking("AMBER"))
    (seen,) = picture.same_proposals(CLEAR)

    assert hidden == []
    assert seen.strength == 4.0


def test_what_somebody_decided_on_marked_evidence_stays_marked(store: Store, analyst: Reader) -> None:
    store([incident("a"), incident("b")])
    first, second = Thing.objects.order_by("pk")
    picture.propose_same([picture.Proposal(first.pk, second.pk, {}, 9.0, Marking("AMBER"))], actor="m", now=NOW)
    number = picture.same_proposals(AMBER)[0].pk
    picture.decide_sameness(number, verdict="accept", reason="same court case", who=analyst, now=NOW)

    picture.propose_same([picture.Proposal(first.pk, second.pk, {}, 4.0, Marking())], actor="m", now=NOW)

    assert len(picture.incidents(CLEAR)) == 2


def test_a_sameness_needs_a_reason(store: Store, analyst: Reader) -> None:
    store([incident("a"), incident("b")])
    first, second = Thing.objects.order_by("pk")
    picture.propose_same([picture.Proposal(first.pk, second.pk, {}, 3.0, Marking())], actor="m", now=NOW)

    with pytest.raises(InputError) as error:
        picture.decide_sameness(picture.same_proposals(AMBER)[0].pk, verdict="accept", reason=" ", who=analyst, now=NOW)

    assert error.value.code == "picture.no_reason"


def test_live_techniques_of_a_group_are_found_by_its_alias(store: Store) -> None:
    group, old, new = (
        stix_id(kind, name) for kind, name in (("intrusion-set", "G"), ("attack-pattern", "o"), ("attack-pattern", "n"))
    )
    store(
        [
            incident("g", kind="intrusion-set", thing=group, name="Group", names=("Alias",)),
            incident("o", kind="attack-pattern", thing=old, name="Revoked", live=False),
            incident("n", kind="attack-pattern", thing=new, name="Phishing"),
            incident("r1", kind="relationship", thing=None, name="", links=(Link("uses", group, old),)),
            incident("r2", kind="relationship", thing=None, name="", links=(Link("uses", group, new),)),
        ]
    )

    found = picture.techniques_of("alias", ceiling=CLEAR)

    assert [item.name for item in found] == ["Phishing"]


@pytest.mark.requirement("P4")
def test_who_has_no_power_to_upload_is_refused_and_the_refusal_is_logged(analyst: Reader, tmp_path: object) -> None:
    from dataclasses import replace
    from pathlib import Path

    powerless = replace(analyst, powers=frozenset({"read"}))

    with pytest.raises(RefusedError):
        picture.ingest_file(Path(str(tmp_path)) / "x.json", who=powerless, now=NOW)

    assert [entry.action for entry in audit.entries(newest=1)] == ["refused"]


def test_ingest_writes_one_audit_entry_and_the_chain_verifies(store: Store) -> None:
    store([incident("a")])

    newest = next(audit.entries(newest=1))

    assert newest.action == "ingested"
    assert '"in":1' in newest.detail
    assert audit.verify().intact
