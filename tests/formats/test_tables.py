"""The project's own tables, EuRepoC, CFR and mapped csv: what of a row may be read by whom."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verband.formats import detect, open_reading
from verband.formats.eurepoc import COLUMNS
from verband.formats.fields import reports
from verband.formats.incidents import POLICY, PUBLIC
from verband.language.errors import InputError
from verband.language.records import Reading, Record, Reject

Split = Callable[[Reading], tuple[list[Record], list[Reject]]]
Write = Callable[..., Path]

PUBLIC_ROW = {
    "id": "X-1",
    "event_type": "incident",
    "title": "Cable cut",
    "summary": "A cable was cut.",
    "date_start": "2024-01-05",
    "date_end": "2024-01-07",
    "country": "NL;BE",
    "place": "North Sea",
    "lat": "52.1",
    "lon": "3.2",
    "domain": "maritime",
    "means": "denial of service",
    "target": "cable",
    "target_sector": "telecom;energy",
    "interests": "territorial;legal_order",
    "actor_as_stated": "Russian military intelligence service GRU",
    "actor_kind": "state",
    "certainty_as_stated": "suspected by one service",
    "shared_features": "vessel=Example Star;group=Secret Name;malware=WormX;narrative=free prose",
}
EUREPOC_ROW = {
    "ID": "7",
    "name": "Example hack",
    "description": "Somebody hacked something. " * 20,
    "start_date": "2015-01-01",
    "end_date": "2016-03-01",
    "incident_type": "Data theft; Disruption",
    "receiver_country": "['Korea, Republic of', 'Europe (region)', 'Unknown']",
    "receiver_category": "[['State institutions / political system', 'Social groups'], ['Media']]",
    "receiver_category_subcode": "[['Military', 'Religious'], ['']]",
    "receiver_name": "[['Jan Voorbeeld']]",
    "initiator_name": "['Fancy Bear/APT28/Sofacy (GRU, Unit 26165)']",
    "initiator_country": "['Russia']",
    "initiator_category": "['State']",
    "attribution_basis": "Media-based attribution; Media-based attribution",
}
CFR_HEADER = (
    "Title,Date,Affiliations,Description,Response,Victims,Sponsor,Type,Category,Sources_1,Sources_2,Sources_3\n"
)


def table(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def values(record: Record, name: str) -> list[str]:
    return [attribute.value for attribute in record.attributes if attribute.name == name]


def test_a_public_incident_is_evidence_with_its_features_as_keys(write: Write, split: Split) -> None:
    path = write(table(PUBLIC_ROW))

    reading = open_reading(path)
    records, rejects = split(reading)

    assert (reading.format, rejects) == ("incidents", [])
    record = records[0]
    assert (record.key, record.line, record.evidence, record.marking) == ("X-1", 2, True, None)
    assert record.when is not None
    assert record.when.words() == "2024-01-05/2024-01-07"
    assert record.certainty == "suspected by one service"
    assert values(record, "country") == ["NL", "BE"]
    assert values(record, "means") == ["denial_of_service"]
    assert values(record, "sector") == ["telecom", "energy"]
    assert values(record, "interest") == ["territorial_security", "international_legal_order"]
    assert [link.target_name for link in record.links] == ["Russia"]


def test_only_listed_shared_features_may_be_read(write: Write, split: Split) -> None:
    records, _ = split(open_reading(write(table(PUBLIC_ROW))))

    assert (values(records[0], "vessel"), values(records[0], "malware")) == (["example star"], ["wormx"])
    assert "Secret Name" not in str(records[0].attributes)
    assert "Secret Name" in records[0].content.decode()


def test_groupings_and_notes_are_kept_apart_and_are_no_attribute(write: Write, split: Split) -> None:
    row = {**PUBLIC_ROW, "campaign": "Op Truth", "note": "a decoy"}

    records, _ = split(open_reading(write(table(row))))
    without, _ = split(open_reading(write(table({**row, "campaign": "", "note": ""}))))

    content = json.loads(records[0].content)
    assert content["ground_truth"] == {"campaign": "Op Truth", "note": "a decoy"}
    assert "campaign" not in content
    assert records[0].attributes == without[0].attributes


def test_responses_and_rows_that_may_not_enter_are_no_evidence(write: Write, split: Split) -> None:
    rows = [
        {**PUBLIC_ROW, "id": "a", "event_type": "response", "enters_connecting": ""},
        {**PUBLIC_ROW, "id": "b", "enters_connecting": "no"},
        {**PUBLIC_ROW, "id": "c", "event_type": "disclosure", "enters_connecting": "yes"},
    ]

    records, _ = split(open_reading(write(table(*rows))))

    assert [record.evidence for record in records] == [False, False, True]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("date_start", "2024-02-31", "time.impossible"),
        ("interests", "territorail", "catalogue.unknown_word"),
        ("lat", "95", "table.number"),
        ("lon", "east", "table.number"),
        ("event_type", "incidnt", "table.word_unknown"),
        ("marking", "PURPLE", "marking.unknown"),
    ],
)
def test_a_bad_cell_rejects_its_row_and_names_the_column(
    write: Write, split: Split, column: str, cell: str, code: str
) -> None:
    path = write(table({"marking": "", **PUBLIC_ROW}, {"marking": "", **PUBLIC_ROW, "id": "X-2", column: cell}))

    records, rejects = split(open_reading(path))

    assert len(records) == 1
    assert [(reject.line, reject.key, reject.field, reject.code) for reject in rejects] == [(3, "X-2", column, code)]


def test_a_row_with_an_unknown_actor_claims_nobody(write: Write, split: Split) -> None:
    row = {**PUBLIC_ROW, "actor_kind": "unknown", "actor_as_stated": "Russia mentioned; China"}

    records, _ = split(open_reading(write(table(row))))

    assert records[0].links == ()


def test_a_missing_column_of_an_own_table_is_named_with_the_nearest(write: Write) -> None:
    path = write(table(PUBLIC_ROW).replace("date_start", "start_date"))

    with pytest.raises(InputError) as caught:
        open_reading(path)

    assert (caught.value.params["column"], caught.value.params["nearest"]) == ("date_start", "start_date")


@pytest.mark.requirement("P3")
def test_a_policy_event_is_evidence_only_where_it_may_enter(write: Write, split: Split) -> None:
    row = dict.fromkeys(POLICY, "") | {"id": "I-1", "event_type": "incident", "title_en": "x", "interests": "all"}

    records, _ = split(open_reading(write(table({**row, "enters_connecting": "no"}))))

    assert not records[0].evidence
    assert len(values(records[0], "interest")) == 6


@pytest.mark.requirement("P12")
def test_person_features_are_stripped_from_csv_and_counted(write: Write, split: Split) -> None:
    rows = [{**PUBLIC_ROW, "Nationaliteit": "x", "RELIGION": ""}, {**PUBLIC_ROW, "id": "X-2", "Nationaliteit": "y"}]
    rows[1]["RELIGION"] = "z"

    reading = open_reading(write(table(*rows)))
    records, _ = split(reading)

    assert len(records) == 2
    assert "Nationaliteit" not in records[0].content.decode()
    assert [(item.field, item.count) for item in reading.stripped] == [("Nationaliteit", 2), ("RELIGION", 1)]


def test_eurepoc_lists_dates_and_names_are_read_as_they_are_meant(write: Write, split: Split) -> None:
    path = write(gzip.compress(table(EUREPOC_ROW).encode()))

    reading = open_reading(path)
    records, rejects = split(reading)

    assert (reading.format, reading.source.key, rejects) == ("eurepoc", "eurepoc", [])
    record = records[0]
    assert record.when is not None
    assert record.when.words() == "2015-01-01/2016-03-31"
    assert values(record, "country") == ["KR"]
    assert values(record, "domain") == ["cyber"]
    assert values(record, "sector") == ["defence", "media"]
    assert record.certainty == "Media-based attribution"
    assert [link.target_name for link in record.links] == ["APT28", "Russia"]
    assert len(record.summary) <= 302


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2015-01-01", "2015-01-01", "2015"),
        ("2015-06-01", "", "2015-06"),
        ("2015-06-07", "2015-06-07", "2015-06-07"),
        ("2017-03-01", "2017-01-01", "2017-03-01/2017-12-31"),
    ],
)
def test_eurepoc_unknown_days_and_months_are_the_month_or_the_year(
    write: Write, split: Split, start: str, end: str, words: str
) -> None:
    records, _ = split(open_reading(write(table({**EUREPOC_ROW, "start_date": start, "end_date": end}))))

    assert records[0].when is not None
    assert records[0].when.words() == words


@pytest.mark.requirement("D1")
def test_names_of_receivers_are_in_no_record(write: Write, split: Split) -> None:
    records, _ = split(open_reading(write(table(EUREPOC_ROW))))

    assert "Voorbeeld" not in str(records[0])
    assert json.loads(records[0].content)["withheld"] == ["receiver_name"]


@pytest.mark.requirement("D1")
def test_a_person_who_acted_alone_is_not_named(write: Write, split: Split) -> None:
    row = {**EUREPOC_ROW, "initiator_name": "['Jan Alleen']", "initiator_category": "['Individual hacker(s)']"}

    records, _ = split(open_reading(write(table(row))))

    assert "Alleen" not in str(records[0])


@pytest.mark.requirement("P12")
@pytest.mark.parametrize("other", ["Ethnic", "Political opposition / dissidents / expats", ""])
def test_changing_a_category_of_people_changes_no_attribute(write: Write, split: Split, other: str) -> None:
    changed = EUREPOC_ROW["receiver_category_subcode"].replace("Religious", other)

    before, _ = split(open_reading(write(table(EUREPOC_ROW), "a")))
    after, _ = split(open_reading(write(table({**EUREPOC_ROW, "receiver_category_subcode": changed}), "b")))

    assert before[0].attributes == after[0].attributes
    assert "Religious" in before[0].content.decode()


def test_a_list_that_is_none_rejects_its_row(write: Write, split: Split) -> None:
    path = write(table(EUREPOC_ROW, {**EUREPOC_ROW, "ID": "8", "receiver_country": "['Italy"}))

    records, rejects = split(open_reading(path))

    assert len(records) == 1
    assert [(reject.key, reject.field) for reject in rejects] == [("8", "receiver_country")]


def test_cfr_is_read_with_its_own_mapping(write: Write, split: Split) -> None:
    text = CFR_HEADER + (
        "Hack,1/20/2022,Believed to be the work of APT 28,What happened,,Jan Voorbeeld,Russian Federation,"
        '"Espionage, Doxing","Government, Civil society",https://example.org,,\nUndated,,,x,,,Korea,https://example.org,,,,\n'
    )

    reading = open_reading(write(text))
    records, rejects = split(reading)

    assert (reading.format, reading.source.key, rejects) == ("csv", "cfr", [])
    hack, undated = records
    assert hack.when is not None
    assert hack.when.words() == "2022-01-20"
    assert values(hack, "means") == ["digital_espionage", "hack_and_leak"]
    assert values(hack, "sector") == ["government"]
    assert [link.target_name for link in hack.links] == ["APT28", "Russia"]
    assert "Voorbeeld" not in str(hack)
    assert (undated.when, values(undated, "means"), undated.links) == (None, [], ())


def test_countries_of_victims_are_taken_from_the_sentence_of_cfr_and_nothing_else_of_it(
    write: Write, split: Split
) -> None:
    text = CFR_HEADER + (
        'A,1/20/2022,,x,,"Polish banks, Jan Voorbeeld, and a ministry in South Korea",Russia,Espionage,Government,,,\n'
        "B,1/21/2022,,x,,Russian Federation,India,Government,https://example.org,,,\n"
    )

    sentence, shifted = split(open_reading(write(text)))[0]

    assert values(sentence, "country") == ["PL", "KR"]
    assert "Voorbeeld" not in str(sentence)
    assert values(shifted, "country") == []


def test_an_archived_copy_is_the_page_that_it_keeps() -> None:
    page = "https://www.paper.example/news/fire"

    keys = [
        value.value
        for value in reports((page, f"https://web.archive.org/web/20170112223302/{page}/", f"{page}?utm_source=letter"))
    ]

    assert keys == ["paper.example/news/fire"]


def test_a_mapping_says_key_words_order_and_constants(write: Write, split: Split) -> None:
    mapping = write(
        """
        [source]
        key = "own"
        name = "Own"
        marking = "GREEN"
        [file]
        separator = ";"
        [record]
        key = ["nr", "day"]
        name = "what"
        date = "day"
        date_order = "dmy"
        marking = "tlp"
        [[attribute]]
        name = "sector"
        column = "kind"
        values = { "E" = "energy", "?" = "" }
        [[attribute]]
        name = "domain"
        value = "sabotage"
        """,
        "m.toml",
    )
    path = write("nr;day;what;tlp;kind\n1;3/4/2021;one;TLP:AMBER;E\n1;4/4/2021;two;;?\n")

    reading = open_reading(path, mapping=mapping)
    records, rejects = split(reading)

    assert (reading.source.marking, rejects) == ("GREEN", [])
    assert records[0].key != records[1].key
    assert [record.when.words() for record in records if record.when] == ["2021-04-03", "2021-04-04"]
    assert [record.marking for record in records] == ["AMBER", None]
    assert [values(record, "sector") for record in records] == [["energy"], []]
    assert [values(record, "domain") for record in records] == [["sabotage"], ["sabotage"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[source", "mapping.unreadable"),
        ('[source]\nkey = "a"\nname = "b"\n', "mapping.field"),
        ('[source]\nkey = "a"\nname = "b"\n[record]\nkey = "x"\nname = "y"\ndaet = "z"\n', "mapping.field"),
        (
            '[source]\nkey = "a"\nname = "b"\n[record]\nkey = "x"\nname = "y"\n[[attribute]]\nname="z"\n',
            "mapping.field",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(write: Write, text: str, code: str) -> None:
    mapping = write(text, "m.toml")

    with pytest.raises(InputError) as caught:
        open_reading(write("x,y\n1,2\n"), mapping=mapping)

    assert caught.value.code == code


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "form", "records", "rejects", "undated"),
    [
        ("incidents/public_incidents.csv", "incidents", 477, 0, 0),
        ("policy/incidents.csv", "incidents", 62, 0, 27),
        ("eurepoc/incidents_before_2021.csv", "eurepoc", 1_310, 20, 0),
        ("cfr/clean-cyber-operations-incidents.csv", "csv", 766, 2, 15),
    ],
)
def test_public_tables_are_read_whole(
    shared: Path, split: Split, name: str, form: str, records: int, rejects: int, undated: int
) -> None:
    read, left = split(open_reading(shared / name))

    assert detect(shared / name) == form
    assert (len(read), len(left), sum(record.when is None for record in read)) == (records, rejects, undated)
    assert {reject.code for reject in left} <= {"time.reversed", "table.twice"}
    assert all(reject.key for reject in left)


def test_the_columns_of_the_tables_are_told_apart() -> None:
    assert len({*PUBLIC} & {*COLUMNS}) == 0
    assert len({*PUBLIC} & {*POLICY}) < len(POLICY)
