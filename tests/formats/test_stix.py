"""STIX: what becomes a record, what a reject, and what is never kept."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from verband.formats import open_reading
from verband.formats.stix_objects import Known, Phase, Reference
from verband.language.person_features import is_person_feature
from verband.language.records import Link, Reading, Record, Reject

Split = Callable[[Reading], tuple[list[Record], list[Reject]]]
Write = Callable[..., Path]

GROUP: dict[str, Any] = {
    "type": "intrusion-set",
    "id": "intrusion-set--11111111-1111-4111-8111-111111111111",
    "created": "2020-01-01T00:00:00.000Z",
    "modified": "2021-01-01T00:00:00.000Z",
    "name": "Example Group",
    "aliases": ["Example Group", "EG-1"],
}
TOOL: dict[str, Any] = {
    "type": "tool",
    "id": "tool--22222222-2222-4222-8222-222222222222",
    "name": "Tool",
    "revoked": True,
}
USES: dict[str, Any] = {
    "type": "relationship",
    "id": "relationship--33333333-3333-4333-8333-333333333333",
    "relationship_type": "uses",
    "source_ref": GROUP["id"],
    "target_ref": TOOL["id"],
}


def bundle(*objects: Any) -> str:
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects})


def test_every_object_is_a_record_with_its_own_text(write: Write, split: Split) -> None:
    path = write(bundle(GROUP, TOOL, USES))

    reading = open_reading(path)
    records, rejects = split(reading)

    assert (reading.format, reading.total, rejects) == ("stix", 3, [])
    group, tool, uses = records
    assert (group.name, group.names, group.version) == ("Example Group", ("EG-1",), "2021-01-01T00:00:00.000Z")
    assert json.loads(group.content) == GROUP
    assert not tool.live
    assert (uses.thing, uses.links) == (None, (Link("uses", GROUP["id"], TOOL["id"]),))


def test_a_list_one_object_and_one_object_a_line_are_read_too(write: Write, split: Split) -> None:
    texts = [json.dumps([GROUP, TOOL]), json.dumps(GROUP, indent=2), f"{json.dumps(GROUP)}\n{json.dumps(TOOL)}\n"]

    counts = [len(split(open_reading(write(text)))[0]) for text in texts]

    assert counts == [2, 1, 2]


def test_gzip_and_utf16_are_read_as_they_are(write: Write, split: Split) -> None:
    packed = write(gzip.compress(bundle(GROUP).encode()), "a")
    wide = write(bundle(GROUP).encode("utf-16"), "b")

    assert len(split(open_reading(packed))[0]) == 1
    assert split(open_reading(wide))[0][0].name == "Example Group"


def test_unknown_types_and_fields_are_kept_byte_for_byte(write: Write, split: Split) -> None:
    strange = '{"type":"x-new","id":"x-new--44444444-4444-4444-8444-444444444444", "x_odd": {"deep": [1, {"y": 2.50}]}}'

    records, rejects = split(open_reading(write('{"type":"bundle","objects":[' + strange + "]}")))

    assert rejects == []
    assert records[0].content == strange.encode()


def test_objects_that_cannot_be_read_are_rejects_with_place_and_field(write: Write, split: Split) -> None:
    nameless = {"type": "tool", "name": "no id"}
    wrong = {"type": "tool", "id": "tool--55555555-5555-4555-8555-555555555555", "name": 7}
    other = {"type": "tool", "id": "malware--66666666-6666-4666-8666-666666666666", "name": "x"}
    loose = {**USES, "target_ref": ""}

    records, rejects = split(open_reading(write(bundle(GROUP, nameless, wrong, other, loose, None, "text"))))

    assert len(records) == 1
    assert [(reject.line, reject.field) for reject in rejects] == [
        (2, "id"), (3, "name"), (4, "id"), (5, "target_ref"), (6, ""), (7, ""),
    ]  # fmt: skip


def test_the_same_id_twice_with_other_content_is_rejected_and_with_the_same_is_not(write: Write, split: Split) -> None:
    changed = {**GROUP, "name": "Other"}
    later = {**GROUP, "name": "Later", "modified": "2022-01-01T00:00:00.000Z"}

    records, rejects = split(open_reading(write(bundle(GROUP, GROUP, changed, later))))

    assert [record.name for record in records] == ["Example Group", "Example Group", "Later"]
    assert [(reject.line, reject.code) for reject in rejects] == [(3, "stix.twice")]


@pytest.mark.requirement("P12")
def test_person_features_are_left_out_at_any_depth_and_counted(write: Write, split: Split) -> None:
    person = {**GROUP, "Nationality": "x", "x_more": [{"religion": "y", "kept": 1}], "external_references": [
        {"source_name": "s", "Geboorte-Plaats": "z"},
    ]}  # fmt: skip

    reading = open_reading(write(bundle(person)))
    records, _ = split(reading)

    kept = json.loads(records[0].content)
    assert "Nationality" not in kept
    assert kept["x_more"] == [{"kept": 1}]
    assert kept["external_references"] == [{"source_name": "s"}]
    assert {item.field: item.count for item in reading.stripped} == {
        "Nationality": 1, "religion": 1, "Geboorte-Plaats": 1,
    }  # fmt: skip


@pytest.mark.requirement("P12")
def test_no_field_that_is_skipped_unseen_is_a_person_feature() -> None:
    known = [field.encode_name for kind in (Known, Reference, Phase) for field in msgspec.structs.fields(kind)]

    suspects = [name for name in known if is_person_feature(name)]

    assert suspects == []


@pytest.mark.requirement("P12")
def test_an_escaped_key_is_stripped_like_a_plain_one(write: Write, split: Split) -> None:
    text = bundle({**GROUP, "religion": "y"}).replace("religion", "r\\u0065ligion")

    records, _ = split(open_reading(write(text)))

    assert json.loads(records[0].content) == GROUP


@pytest.mark.requirement("D1")
def test_names_of_contributors_and_single_persons_are_in_no_record(write: Write, split: Split) -> None:
    person = {
        "type": "identity",
        "id": "identity--77777777-7777-4777-8777-777777777777",
        "identity_class": "individual",
        "name": "Jan Voorbeeld",
    }
    group = {**GROUP, "x_mitre_contributors": ["Jan Voorbeeld"]}

    records, rejects = split(open_reading(write(bundle(person, group))))

    assert rejects == []
    assert records[0].thing is None
    assert not any("Voorbeeld" in str(record) for record in records)
    assert json.loads(records[1].content)["x_verband_withheld"] == ["x_mitre_contributors"]


def test_markings_become_words_and_an_unknown_one_counts_as_amber(write: Write, split: Split) -> None:
    statement = {
        "type": "marking-definition",
        "id": "marking-definition--88888888-8888-4888-8888-888888888888",
        "definition_type": "statement",
        "definition": {"statement": "Copyright"},
    }
    refs = [
        "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
        "marking-definition--99999999-9999-4999-8999-999999999999",
        statement["id"],
    ]
    tools = [{**TOOL, "id": f"tool--2222222{at}-2222-4222-8222-222222222222"} for at in range(4)]
    marked = [{**tool, "object_marking_refs": [ref]} for tool, ref in zip(tools, refs, strict=True)]

    records, _ = split(open_reading(write(bundle(statement, *marked))))

    assert [record.marking for record in records[1:]] == ["AMBER", "GREEN", "AMBER", None]
    assert [attribute.name for attribute in records[3].attributes] == ["marking_unread"]


def test_seen_times_are_an_interval_and_a_bad_one_rejects_the_object(write: Write, split: Split) -> None:
    seen = {**GROUP, "first_seen": "2020-03-01T00:00:00Z", "last_seen": "2020-04-01T00:00:00Z"}
    bad = {**TOOL, "first_seen": "2020-02-30T00:00:00Z"}

    records, rejects = split(open_reading(write(bundle(seen, bad))))

    assert records[0].when is not None
    assert records[0].when.words() == "2020-03-01/2020-04-01"
    assert [(reject.field, reject.code) for reject in rejects] == [("first_seen", "time.impossible")]


def test_an_incident_is_evidence_only_with_a_start_in_the_core_extension(write: Write, split: Split) -> None:
    core = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
    bare = {"type": "incident", "id": "incident--12121212-1212-4212-8212-121212121212", "name": "bare"}
    dated = {
        "type": "incident",
        "id": "incident--13131313-1313-4313-8313-131313131313",
        "name": "dated",
        "extensions": {core: {"start_time": "2021-05-03T00:00:00Z", "start_time_fidelity": "month"}},
    }

    records, _ = split(open_reading(write(bundle(bare, dated))))

    assert [record.evidence for record in records] == [False, True]
    assert records[1].when is not None
    assert records[1].when.words() == "2021-05"


def test_disarm_is_told_by_its_maker_and_relabelled(write: Write, split: Split) -> None:
    technique = {
        "type": "attack-pattern",
        "id": "attack-pattern--14141414-1414-4414-8414-141414141414",
        "created_by_ref": "identity--f1a0f560-2d9e-4c5d-bf47-7e96e805de82",
        "name": "Pump priming",
        "external_references": [{"source_name": "mitre-attack", "external_id": "T0042"}],
        "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "prepare"}],
    }

    reading = open_reading(write(bundle(technique)))
    records, _ = split(reading)

    assert reading.source.key == "disarm"
    assert [attribute.stated for attribute in records[0].attributes] == ["DISARM T0042", "DISARM prepare"]


def test_a_file_is_from_its_most_frequent_maker_whatever_it_is_called(write: Write) -> None:
    maker = {"type": "identity", "id": "identity--15151515-1515-4515-8515-151515151515", "name": "A Team"}
    made = [{**item, "created_by_ref": maker["id"]} for item in (GROUP, TOOL)]

    first = open_reading(write(bundle(maker, *made), "one.json")).source
    second = open_reading(write(bundle(*made, maker), "two.json")).source

    assert first == second
    assert (first.key, first.name) == ("stix-15151515-1515-4515-8515-151515151515", "A Team")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "key", "objects"),
    [
        ("attack/enterprise-attack-18.1-stix20.json.gz", "mitre-attack-enterprise", 21_503),
        ("attack/ics-attack-18.1.json", "mitre-attack-ics", 1_826),
        ("attack/mobile-attack-17.1.json", "mitre-attack-mobile", 2_148),
        ("disarm/DISARM.json", "disarm", 698),
    ],
)
def test_public_bundles_are_read_whole(shared: Path, split: Split, name: str, key: str, objects: int) -> None:
    reading = open_reading(shared / name)

    records, rejects = split(reading)

    assert (reading.source.key, reading.total, len(records), rejects) == (key, objects, objects, [])
    assert reading.stripped == ()


def test_reading_stix_loads_nothing_heavy() -> None:
    code = (
        "import sys, verband.formats.stix; "
        "print([name for name in ('numpy', 'rapidfuzz', 'django', 'pymispgalaxies', 'csv') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
