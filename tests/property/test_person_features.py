"""Features of persons are never kept, and nothing that is made here rests on one (P12)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from verband.formats import open_reading
from verband.language.errors import InputError
from verband.language.person_features import folded_names, is_person_feature
from verband.language.records import Record
from verband.language.words import fold
from verband.methods import connecting as method
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Attribute, Document, Source
from verband.rooms.picture.models import Record as Stored

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P12")]

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
#: What a row about persons could hold, in both languages and any spelling; the marks stand nowhere else.
PERSONAL = {
    "Nationality": "zqone",
    "NATIONALITEIT": "zqtwo",
    "birth_date": "zqthree",
    "Geboorte-plaats": "zqfour",
    "religion": "zqfive",
    "Etniciteit": "zqsix",
    "health": "zqseven",
    "politieke opinie": "zqeight",
}
_EUREPOC = "eurepoc/incidents_before_2021.csv"
#: Words by which a field would tell what kind of person somebody is, or what he is worth.
PERSONAL_WORDS = frozenset(
    [
        "nationality",
        "nationaliteit",
        "birth",
        "birthday",
        "birthdate",
        "birthplace",
        "born",
        "gender",
        "sex",
        "age",
        "religion",
        "religious",
        "faith",
        "belief",
        "ethnicity",
        "ethnic",
        "race",
        "health",
        "medical",
        "disability",
        "opinion",
        "political",
        "orientation",
        "score",
        "rating",
        "trust",
        "risk",
        "suspicion",
    ]
)


@pytest.fixture
def who(db: None) -> people.Reader:
    people.set_up("home", name="Home", profile="coordinator", legal_task="coordination", source="test")
    return people.operator()


def as_csv(rows: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def kept() -> str:
    """Every word that the picture and the log keep."""
    records = [f"{row.name} {row.summary} {bytes(row.content).decode()}" for row in Stored.objects.all()]
    values = [f"{row.name} {row.value} {row.stated}" for row in Attribute.objects.all()]
    return " ".join([*records, *values, *(f"{entry.object} {entry.detail}" for entry in audit.entries())])


def test_person_columns_of_a_table_are_left_out_counted_and_logged(who: people.Reader, tmp_path: Path) -> None:
    row = {"id": "A-1", "event_type": "incident", "title": "Site copied", "date_start": "2024-05-03", "domain": "cyber"}
    rest = dict.fromkeys(
        [
            "summary",
            "date_end",
            "country",
            "place",
            "lat",
            "lon",
            "means",
            "target",
            "target_sector",
            "interests",
            "actor_as_stated",
            "actor_kind",
            "certainty_as_stated",
            "shared_features",
        ],
        "",
    )
    path = tmp_path / "incidents.csv"
    path.write_text(as_csv([row | rest | PERSONAL, row | rest | PERSONAL | {"id": "A-2"}]), "utf-8")

    counts = picture.ingest_file(path, who=who, now=NOW)

    assert (counts.units, counts.new, counts.rejected) == (2, 2, 0)
    assert counts.stripped == dict.fromkeys(PERSONAL, 2)
    assert [mark for mark in PERSONAL.values() if mark in kept()] == []
    assert Stored.objects.get(key="A-1").name == "Site copied"
    assert json.loads(next(audit.entries(action="ingested")).detail)["stripped"] == dict.fromkeys(PERSONAL, 2)


def test_person_keys_of_json_are_left_out_at_any_depth(who: people.Reader, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    one = {
        "type": "campaign",
        "spec_version": "2.1",
        "id": "campaign--6f1d6f6e-57a8-4f25-9d3c-0a8f6a3f9a10",
        "created": "2024-05-03T00:00:00Z",
        "modified": "2024-05-03T00:00:00Z",
        "name": "Copied sites",
        "religion": "zqone",
        "x_about": [{"Nationality": "zqtwo", "note": "stays", "deep": {"Geboortedatum": "zqthree"}}],
    }
    path.write_text(json.dumps({"type": "bundle", "id": "bundle--" + "1" * 8, "objects": [one]}))

    counts = picture.ingest_file(path, who=who, now=NOW)

    assert counts.new == 1
    assert counts.stripped == {"religion": 1, "Nationality": 1, "Geboortedatum": 1}
    assert [mark for mark in ("zqone", "zqtwo", "zqthree") if mark in kept()] == []
    assert "stays" in kept()


def test_a_file_of_nothing_else_is_refused_whole(who: people.Reader, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text(as_csv([PERSONAL]), "utf-8")

    with pytest.raises(InputError) as caught:
        picture.ingest_file(path, who=who, now=NOW)

    assert "person_features" in caught.value.code
    assert not Stored.objects.exists()
    assert not Source.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "word", ["nationality", "Nationaliteit", "BIRTH DATE", "birth-place", "réligion", "etniciteit"]
)
def test_case_accents_and_separators_do_not_hide_a_person_feature(word: str) -> None:
    assert is_person_feature(word)


@pytest.mark.parametrize("word", ["country", "sector", "receiver_category", "domain", "means"])
def test_what_is_said_of_organisations_and_events_is_no_person_feature(word: str) -> None:
    assert not is_person_feature(word)


def rows_of_eurepoc(columns: Sequence[str]) -> list[dict[str, str]]:
    """Six literal rows in EuRepoC's columns: three against a group of people, three against a ministry."""
    rows = []
    for number in range(6):
        row = dict.fromkeys(columns, "")
        row |= {
            "ID": str(900 + number),
            "name": f"Event {number}",
            "description": f"Mail boxes copied, number {number}",
            "start_date": f"2018-03-0{number + 1}",
            "end_date": f"2018-03-0{number + 1}",
            "incident_type": "['Data theft']",
            "receiver_country": "['Germany']",
            "receiver_category": str(
                [["Social groups"]] if number < 3 else [["State institutions / political system"]]
            ),
            "receiver_category_subcode": str([["Religious"]] if number < 3 else [["Government / ministries"]]),
            "initiator_country": "['Not available']",
        }
        rows.append(row)
    return rows


def with_other_groups(row: dict[str, str]) -> dict[str, str]:
    """The row with one group of people in the place of another."""
    cell = row["receiver_category_subcode"]
    for word, other in (("Religious", "zqswap"), ("Ethnic", "Religious"), ("zqswap", "Ethnic")):
        cell = cell.replace(word, other)
    return row | {"receiver_category_subcode": cell}


def test_another_group_of_people_as_target_changes_no_evidence(tmp_path: Path) -> None:
    from verband.formats.eurepoc import COLUMNS

    rows = rows_of_eurepoc(COLUMNS)

    stated, other = (_read(table, tmp_path) for table in (rows, [with_other_groups(row) for row in rows]))

    assert [row["receiver_category_subcode"] for row in rows] != [
        with_other_groups(row)["receiver_category_subcode"] for row in rows
    ]
    assert stated == other
    assert len(stated) == 6
    assert not any(fold(word) in str(stated) for word in ("Religious", "Ethnic", "Social groups"))


@pytest.mark.shared_data
def test_other_groups_of_people_in_eurepoc_change_no_link_no_campaign_and_no_evidence(
    who: people.Reader, shared_data: Path, tmp_path: Path
) -> None:
    with (shared_data / _EUREPOC).open(encoding="utf-8-sig", newline="") as stream:
        every = [row for _, row in zip(range(3000), csv.DictReader(stream), strict=False)]
    of_people = [
        row for row in every if any(word in str(row["receiver_category_subcode"]) for word in ("Religious", "Ethnic"))
    ]
    rows = [*of_people[:60], *[row for row in every if row not in of_people[:60]]][:200]
    assert sum(with_other_groups(row) != row for row in rows) > 10

    stated, other = (_read(table, tmp_path) for table in (rows, [with_other_groups(row) for row in rows]))

    assert stated == other
    found = [
        method.connect(_incidents(read), method.Parameters(replicates=5, replicates_least=5))
        for read in (stated, other)
    ]
    assert found[0] == found[1]
    assert found[0].incidents == len(stated) > 150


def _read(rows: Sequence[dict[str, str]], folder: Path) -> list[Any]:
    """What the rows come to, without the content as it arrived: that keeps the categories as stated."""
    path = folder / "eurepoc.csv"
    path.write_text(as_csv(rows), "utf-8")
    return [
        (r.key, r.name, r.when, r.certainty, r.evidence, r.latitude, r.names, r.attributes, r.links)
        for r in open_reading(path, format="eurepoc")
        if isinstance(r, Record)
    ]


def _incidents(read: Sequence[Any]) -> list[method.Incident]:
    """What the method reads of them, as the room of campaigns would hand it over."""
    found = []
    for number, (key, _, when, _, _, _, _, attributes, _) in enumerate(read):
        start, end = when.days if when else (None, None)
        evidence = tuple(
            method.Evidence(item.name, item.value, str(number)) for item in attributes if item.name in method.FEATURES
        )
        domain = next((item.value for item in attributes if item.name == "domain"), "")
        found.append(method.Incident(key, domain, start, end, evidence=evidence))
    return found


def test_no_table_has_a_field_for_a_feature_or_a_score_of_a_person() -> None:
    fields = [
        (model.__name__, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("verband.")
        for field in model._meta.get_fields()
    ]

    assert len(fields) > 100
    assert [(model, name) for model, name in fields if is_person_feature(name)] == []
    personal = [(model, name) for model, name in fields if PERSONAL_WORDS & set(fold(name.replace("_", " ")).split())]
    assert personal == []
    assert folded_names()
