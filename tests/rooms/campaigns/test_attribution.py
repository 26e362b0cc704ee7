"""The page that compares what was seen with known groups."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.contract.conftest import Reading
from verband.language.errors import InputError, RefusedError
from verband.language.markings import Ceiling
from verband.language.records import Attribute, Link, Record
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import attributing
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import ingest

from .conftest import NOW

Browse = Callable[..., Client]
PAGE = "/campaigns/known-groups/"
TECHNIQUES = {"T1566.001": "Spearphishing Attachment", "T1059.001": "PowerShell", "T1485": "Data Destruction"}
SOFTWARE = {"S0001": "Rarekit", "S0002": "Commonkit"}


def made(kind: str, key: str, name: str, number: int, **given: object) -> Record:
    stix_id = f"{kind}--00000000-0000-4000-8000-{number:012d}"
    values: dict[str, object] = {
        "key": stix_id,
        "kind": kind,
        "thing": stix_id,
        "name": name,
        "content": b"{}",
        "line": number,
        "attributes": (Attribute("external_id", key, f"mitre-attack {key}"),),
    }
    return Record(**(values | given))  # type: ignore[arg-type]


def uses(number: int, source: str, target: str, reports: tuple[str, ...], **given: object) -> Record:
    key = f"relationship--00000000-0000-4000-8000-{number:012d}"
    content = {"external_references": [{"source_name": name} for name in reports]}
    values: dict[str, object] = {
        "key": key,
        "kind": "relationship",
        "thing": None,
        "name": "",
        "content": json.dumps(content).encode(),
        "line": number,
        "links": (Link("uses", source, target),),
    }
    return Record(**(values | given))  # type: ignore[arg-type]


def bundle() -> list[Record]:
    """Three groups, of which the third and its use of Rarekit are AMBER, and a deprecated technique."""
    units = [made("attack-pattern", key, name, at) for at, (key, name) in enumerate(TECHNIQUES.items(), 1)]
    units += [
        made("malware", key, name, at, names=(f"{name} RAT",)) for at, (key, name) in enumerate(SOFTWARE.items(), 11)
    ]
    units.append(made("attack-pattern", "T9999", "Old technique", 20, live=False))
    groups = [
        made("intrusion-set", "G0001", "Grey Heron", 31),
        made("intrusion-set", "G0002", "Quiet Otter", 32),
        made("intrusion-set", "G0003", "Hidden Stoat", 33, marking="AMBER"),
    ]
    phishing, shell, destruction, rare, common = (unit.key for unit in units[:5])
    heron, otter, stoat = (group.key for group in groups)
    said = [
        (heron, phishing, ("one", "mitre-attack")),
        (heron, common, ("one", "two")),
        (otter, shell, ("three",)),
        (otter, common, ("three",)),
        (otter, units[5].key, ("three",)),
        (rare, destruction, ("four",)),
    ]
    links = [uses(at, *row) for at, row in enumerate(said, 41)]
    hidden = [uses(61, stoat, rare, ("five",), marking="AMBER"), uses(62, stoat, phishing, ("five",), marking="AMBER")]
    return [*units, *groups, *links, *hidden]


@pytest.fixture
def groups(persons: dict[str, Person], tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text("groups")
    reading = Reading(list(bundle()), "attack")
    ingest.store(reading, path=path, sha256="1" * 64, actor="test", ceiling=Ceiling("RED"), now=NOW)


def ask(client: Client, *lines: str, **query: str) -> str:
    return client.get(PAGE, {"items": "\n".join(lines), **query}).content.decode()


def test_who_shares_the_software_stands_above_who_does_not_and_none_of_these_stands_with_them(
    groups: None, persons: dict[str, Person]
) -> None:
    answer = attributing.rank_groups(["rarekit", "T1566.001"], people.reader(persons["ann"]))

    names = [row.name for row in answer.rows]
    assert [name for name in names if name] == ["Hidden Stoat", "Grey Heron", "Quiet Otter"]
    assert names.count("") == 1
    assert sum(row.chance for row in answer.rows) == pytest.approx(1.0)


def test_reader_below_the_marking_sees_neither_the_group_nor_what_it_does_to_others(
    groups: None, persons: dict[str, Person]
) -> None:
    answer = attributing.rank_groups(["Rarekit", "T1566.001"], people.reader(persons["cleo"]))

    assert {row.name for row in answer.rows} == {"Grey Heron", "Quiet Otter", ""}
    assert [item.name for item in answer.unknown] == ["Rarekit"]
    assert answer.known.marking.tlp == "CLEAR"


def test_reports_that_back_a_use_are_counted_without_the_catalogue_itself(
    groups: None, persons: dict[str, Person]
) -> None:
    known = attributing.rank_groups([], people.reader(persons["ann"])).known

    heron = next(group for group in known.groups if group.name == "Grey Heron")
    assert sorted(heron.uses.values()) == [1, 2]
    otter = next(group for group in known.groups if group.name == "Quiet Otter")
    assert len(otter.uses) == 2


def test_words_are_read_by_number_name_and_alias_and_once_each(groups: None, persons: dict[str, Person]) -> None:
    lines = ["t1566.001", "T1566.001 Spearphishing Attachment", "commonkit rat", "powershell", "", "Commonkit"]

    answer = attributing.rank_groups(lines, people.reader(persons["ann"]))

    assert [item.name for item in answer.seen] == ["Spearphishing Attachment", "Commonkit", "PowerShell"]
    assert answer.unread == ()


def test_unknown_words_are_told_beside_the_field_with_the_nearest(groups: None, browse: Browse) -> None:
    page = ask(browse("ann"), "Rarekitt", "T1566.01", "Commonkit")

    assert "“Rarekitt” is not known here and was left out. Nearest: Rarekit." in page
    assert "Nearest: T1566.001." in page
    assert 'aria-invalid="true"' in page
    assert "None of these" in page


def test_page_says_that_a_match_names_no_perpetrator_and_that_a_person_decides(groups: None, browse: Browse) -> None:
    page = ask(browse("ann"), "Rarekit", "T1566.001")

    assert "does not name a perpetrator" in page
    assert "A false flag copies techniques" in page
    assert "A person decides." in page


def test_page_in_dutch_has_no_english_left_in_its_own_words(groups: None, browse: Browse) -> None:
    page = ask(browse("ann", "nl"), "Rarekit", "T1566.001", "onbekend woord")

    assert "Welke bekende groepen passen?" in page
    assert "Geen van deze" in page
    assert "wijst geen dader aan" in page
    assert "What was seen" not in page


def test_without_known_groups_the_page_says_what_to_do_first(persons: dict[str, Person], browse: Browse) -> None:
    page = browse("ann").get(PAGE).content.decode()

    assert "No known groups yet" in page
    assert "MITRE ATT&amp;CK" in page
    assert 'href="/upload/"' in page


def test_table_is_exported_with_what_pleads_for_and_against(groups: None, browse: Browse) -> None:
    client = browse("ann")

    rows = json.loads(ask(client, "Rarekit", "T1566.001", format="json"))
    lines = ask(client, "Rarekit", "T1566.001", format="csv").splitlines()

    assert len(rows) == 4
    assert len(lines) == 5
    assert {row["group"] for row in rows} == {"Hidden Stoat", "Grey Heron", "Quiet Otter", "none of these"}
    assert next(row for row in rows if row["group"] == "Hidden Stoat")["for"][0].startswith("S0001 +")


def test_role_that_may_not_connect_is_refused_and_has_no_link(groups: None, browse: Browse) -> None:
    client = browse("dirk")

    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/campaigns/").content.decode()
    assert PAGE in browse("ann").get("/campaigns/").content.decode()


def test_organisation_whose_profile_lacks_the_method_is_refused(groups: None, db: None) -> None:
    home = people.add_organisation(
        "town", name_nl="Stad", name_en="Town", legal_task="municipality", source="test", actor="test"
    )
    person = people.add_person("tom", role="analyst", organisation=home, actor="test", tlp="AMBER")

    with pytest.raises(RefusedError, match="compare with known groups"):
        attributing.rank_groups(["Rarekit"], people.reader(person))


def test_too_many_lines_are_refused_beside_the_field(groups: None, persons: dict[str, Person], browse: Browse) -> None:
    lines = ["Rarekit"] * 201

    answer = browse("ann").get(PAGE, {"items": "\n".join(lines)})

    assert answer.status_code == 400
    assert "201 lines were given" in answer.content.decode()
    with pytest.raises(InputError):
        attributing.rank_groups(lines, people.reader(persons["ann"]))


def test_each_ranking_is_logged_without_what_was_asked(groups: None, browse: Browse) -> None:
    ask(browse("ann"), "Rarekit")

    entry = next(entry for entry in audit.entries() if entry.action == "groups ranked")
    assert "Rarekit" not in str(entry.detail)
    assert '"groups": 3' in str(entry.detail) or '"groups":3' in str(entry.detail)


@pytest.mark.requirement("P1")
def test_swapped_names_of_groups_change_nothing_but_names(groups: None, persons: dict[str, Person]) -> None:
    from verband.rooms.picture.models import Name, Record

    who = people.reader(persons["ann"])
    before = attributing.rank_groups(["Rarekit", "T1566.001"], who).rows
    for first, second in (("Grey Heron", "swap"), ("Hidden Stoat", "Grey Heron"), ("swap", "Hidden Stoat")):
        Record.objects.filter(name=first).update(name=second)
        Name.objects.filter(name=first).update(name=second, folded=second.lower())

    after = attributing.rank_groups(["Rarekit", "T1566.001"], who).rows

    swap = {"Grey Heron": "Hidden Stoat", "Hidden Stoat": "Grey Heron"}
    assert [(row.bans, swap.get(row.name, row.name)) for row in before] == [(row.bans, row.name) for row in after]
