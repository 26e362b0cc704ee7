"""The catalogues: every word resolves in both languages, nothing collides, a new version is only a file."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language import markings
from verband.language.catalogues import Catalogue, Entry, catalogue, names, read, versions
from verband.language.errors import InputError
from verband.language.means import MAPPINGS, mapping_gaps, means_gaps, means_of, responses_of
from verband.language.words import closest, fold, squash

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("VERBAND_SHARED_DATA", ROOT / "../shared/data"))
ALL = [catalogue(name, version=version) for name in names() for version in versions(name)]
WORDS = [(words, entry) for words in ALL for entry in words.entries]


def shared(path: str) -> Path:
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the public data is not there: {path}")
    return found


def column(path: str, name: str) -> list[str]:
    csv.field_size_limit(10**8)
    with shared(path).open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


@pytest.mark.requirement("R013")
@given(st.sampled_from(WORDS), st.sampled_from(["upper", "lower", "title", "swapcase"]), st.sampled_from("_- "))
def test_every_entry_resolves_to_itself_from_every_word_however_it_is_written(
    pair: tuple[Catalogue, Entry], case: str, separator: str
) -> None:
    words, entry = pair

    spelled = [getattr(word, case)().replace(" ", separator) for word in entry.words()]

    assert {words.resolve(word) for word in spelled} == {entry}


def test_every_label_is_filled_and_every_definition_stands_in_both_languages() -> None:
    lame = [
        (words.name, entry.key)
        for words, entry in WORDS
        if not (entry.nl.strip() and entry.en.strip())
        or bool(entry.fields.get("definition_nl")) != bool(entry.fields.get("definition_en"))
    ]

    assert lame == []


def test_every_catalogue_says_where_it_comes_from_and_when_to_look_again() -> None:
    assert [words.name for words in ALL if not words.source or not words.review_date.startswith("20")] == []


@pytest.mark.requirement("R002")
def test_version_2019_has_exactly_the_six_interests_in_order() -> None:
    interests = catalogue("interests")

    assert interests.version == "2019"
    assert interests.keys() == (
        "territorial_security",
        "physical_security",
        "economic_security",
        "ecological_security",
        "social_political_stability",
        "international_legal_order",
    )


@pytest.mark.requirement("R002")
def test_the_later_version_differs_in_the_name_of_the_sixth_interest_only() -> None:
    older, later = catalogue("interests", version="2019"), catalogue("interests", version="2023")

    assert later.keys() == older.keys()
    assert [e.key for e, f in zip(older.entries, later.entries, strict=True) if e.nl != f.nl] == [
        "international_legal_order"
    ]


@pytest.mark.requirement("R002")
@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("legal_order", "international_legal_order"),
        ("Internationale Rechtsorde", "international_legal_order"),
        ("social_political", "social_political_stability"),
        ("sociale en politieke stabiliteit", "social_political_stability"),
        ("territorial", "territorial_security"),
    ],
)
def test_an_interest_resolves_from_either_language_and_from_the_short_words_of_the_data(word: str, key: str) -> None:
    assert catalogue("interests").resolve(word).key == key


@pytest.mark.requirement("R002")
def test_an_unknown_interest_is_refused_with_the_nearest_match() -> None:
    with pytest.raises(InputError) as refused:
        catalogue("interests").resolve("economc securty")

    assert refused.value.code == "catalogue.unknown_word"
    assert refused.value.params["nearest"] == "economic_security"
    assert "economic_security" in refused.value.hint("nl")


@pytest.mark.requirement("R107")
def test_the_accents_are_four_and_generic() -> None:
    assert catalogue("accents").keys() == (
        "proactive_action",
        "economic_and_knowledge_security",
        "interference",
        "democratic_processes",
        "generic",
    )


def test_the_themes_are_eleven_and_numbered_in_order() -> None:
    themes = catalogue("themes")

    assert [entry.fields["number"] for entry in themes.entries] == list(range(1, 12))
    assert themes.keys()[0] == "state_threats"


def test_thirteen_domains_fold_to_the_seven_colours_and_to_known_jrc_domains_and_themes() -> None:
    groups, jrc, themes = catalogue("colour_groups"), catalogue("jrc_domains"), catalogue("themes")
    domains = catalogue("domains").entries

    assert len(domains) == 13
    assert len(jrc.entries) == 13
    assert {entry.fields["colour_group"] for entry in domains} == set(groups.keys())
    for entry in domains:
        group = groups.get(str(entry.fields["colour_group"]))
        assert (entry.fields["hex"], entry.fields["shape"]) == (group.fields["hex"], group.fields["shape"])
        assert all(jrc.get(key) for key in entry.strings("jrc_domains"))
        assert themes.get(str(entry.fields["theme"]))


def test_the_scales_of_the_markings_are_those_of_the_catalogues() -> None:
    assert catalogue("tlp").keys() == markings.TLP
    assert catalogue("classification").keys() == markings.CLASSIFICATION
    assert [entry.fields["rank"] for entry in catalogue("tlp").entries] == [0, 1, 2, 3, 4]
    assert [entry.fields["rank"] for entry in catalogue("classification").entries] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", ["classification", "phases", "jrc_domains", "probability_phia"])
def test_what_is_only_recalled_says_so(name: str) -> None:
    assert not any(entry.verified for entry in catalogue(name).entries)


def test_dutch_words_of_probability_carry_no_number() -> None:
    fields = {field for entry in catalogue("probability_nl").entries for field in entry.fields}

    assert fields == {"order"}


@pytest.mark.requirement("P4")
def test_profiles_name_only_rooms_and_methods_that_exist_and_no_government_coordinates() -> None:
    rooms, methods = catalogue("rooms"), catalogue("methods")

    for entry in catalogue("profiles").entries:
        assert all(rooms.get(room) for room in (*entry.strings("rooms"), *entry.strings("read_only_rooms")))
        assert set(entry.strings("read_only_rooms")) <= set(entry.strings("rooms"))
        assert all(methods.get(method) for method in entry.strings("methods"))
        assert not (entry.fields["government"] and "coordinate" in entry.strings("methods"))
    assert methods.get("coordinate").strings("needs") == ("purpose", "legal_basis", "dpia", "end_date")


@pytest.mark.requirement("P9")
def test_oversight_changes_nothing_and_an_administrator_decides_nothing() -> None:
    roles = catalogue("roles")
    reading = {"read", "search", "read_audit", "verify_audit", "export_audit"}

    assert set(roles.get("oversight").strings("may")) <= reading
    assert not {"decide", "release", "lower_marking"} & set(roles.get("administrator").strings("may"))


@pytest.mark.requirement("P12")
@pytest.mark.parametrize(
    "header",
    [
        "Nationaliteit",
        "NATIONALITY",
        "birth_date",
        "birthDate",
        "Geboorte-datum",
        "date.of.birth",
        "DOB",
        "placeOfBirth",
        "geloofsovertuiging",
        "Ethnic Group",
        "Etnische  herkomst",
        "gezondheid",
        "political_opinion",
        "Politieke voorkeur",
    ],
)
def test_person_features_are_recognised_in_both_languages_however_the_header_is_written(header: str) -> None:
    known = {fold(word) for entry in catalogue("person_features").entries for word in entry.words()}

    assert fold(header) in known


@pytest.mark.requirement("P12")
@pytest.mark.parametrize("header", ["country", "receiver_category", "sector", "name", "type", "domain", "interests"])
def test_ordinary_headers_are_no_person_features(header: str) -> None:
    assert catalogue("person_features").find(header) is None


def written(folder: Path, name: str, version: str, *entries: str, verified: str = "true") -> Path:
    head = (
        f'name = "{name}"\nversion = "{version}"\nsource = "test"\nverified = {verified}\nreview_date = "2030-01-01"\n'
    )
    path = folder / f"{name}.{version}.toml"
    path.write_text(head + "".join(f"[[entry]]\n{entry}\n" for entry in entries), encoding="utf-8")
    return path


@pytest.mark.requirement("P13")
def test_a_new_version_and_a_new_catalogue_are_only_files_and_the_old_version_stays(tmp_path: Path) -> None:
    written(
        tmp_path, "interests", "2031", 'key = "digital_security"\nnl = "digitale veiligheid"\nen = "digital security"'
    )
    written(tmp_path, "weather", "1", 'key = "rain"\nnl = "regen"\nen = "rain"\naliases = ["drizzle"]\nwet = [1, 2]')

    interests = catalogue("interests", directory=tmp_path)

    assert interests.resolve("Digitale veiligheid").key == "digital_security"
    assert versions("interests", directory=tmp_path) == ("2019", "2023", "2031")
    assert len(catalogue("interests", version="2019", directory=tmp_path).entries) == 6
    assert catalogue("interests").version == "2019"
    assert catalogue("weather", directory=tmp_path).resolve("DRIZZLE").fields["wet"] == (1, 2)
    assert "weather" not in names()


def test_versions_are_ordered_as_numbers(tmp_path: Path) -> None:
    for version in ("2026.9", "2026.10", "2026"):
        written(tmp_path, "w", version, 'key = "a"\nnl = "a"\nen = "a"')

    assert versions("w", directory=tmp_path) == ("2026", "2026.9", "2026.10")
    assert catalogue("w", directory=tmp_path).version == "2026.10"


def test_two_entries_that_answer_to_one_word_are_refused(tmp_path: Path) -> None:
    path = written(
        tmp_path, "w", "1", 'key = "a"\nnl = "een"\nen = "one"', 'key = "b"\nnl = "twee"\nen = "two"\naliases = ["ONE"]'
    )

    with pytest.raises(InputError, match="stands for both 'a' and 'b'"):
        read(path)


@pytest.mark.parametrize(
    "text", ["key = ", 'name = "w"\nversion = "1"\n', "\xff", '[[entry]]\nkey = "a"', 'name = "other"\nversion = "1"\n']
)
def test_a_file_that_is_no_catalogue_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.1.toml"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(InputError, match=r"w\.1\.toml cannot be used"):
        read(path)


def test_an_unknown_catalogue_and_version_are_refused_with_what_there_is() -> None:
    with pytest.raises(InputError, match="Nearest: interests"):
        catalogue("interest")
    with pytest.raises(InputError, match="Use one of: 2019, 2023"):
        catalogue("interests", version="1999")


def test_entries_cannot_be_changed() -> None:
    fields = catalogue("profiles").get("researcher").fields

    assert isinstance(fields, MappingProxyType)
    assert isinstance(fields["methods"], tuple)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Géo-graphie__X.y ", "geo graphie x y"),
        ("ØSTERSØEN – Łódź", "ostersoen lodz"),
        ("Straße", "strasse"),
        ("Korea, Republic of", "korea, republic of"),
        ("", ""),
    ],
)
def test_fold_takes_case_accents_and_separators_away_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squash(fold(text)) == squash(text)


def test_the_closest_word_is_offered_and_nothing_when_all_are_far() -> None:
    assert closest("expionage", ["sabotage", "espionage", "spionage"]) == "espionage"
    assert closest("qqqq", ["sabotage", "espionage"]) is None


@pytest.mark.requirement("R013")
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("cyberaanvallen", ["cyber_attack"]),
        ("Economic instruments", ["economic_instruments"]),
        ("close-access hacking (planned)", ["close_access"]),
        ("anchor dragging", ["cable_pipeline_damage"]),
        ("stabbing by hired proxies", ["violence", "hired_perpetrators"]),
        ("digitale spionage bij een universiteit", ["digital_espionage"]),
    ],
)
def test_means_are_recognised_in_free_text_of_either_language(text: str, keys: list[str]) -> None:
    assert [entry.key for entry in means_of(text)] == keys


@pytest.mark.requirement("P3")
@pytest.mark.parametrize(
    "text", ["protest", "public meetings", "lawful demonstration", "critical opinion", "prayer", "riot"]
)
def test_protest_opinion_and_faith_name_no_means(text: str) -> None:
    assert means_of(text) == ()


def test_what_the_responding_side_does_is_no_means() -> None:
    assert means_of("remote access ban") == ()
    assert [entry.key for entry in responses_of("remote access ban")] == ["economic_protection"]


def test_every_mapping_of_a_means_exists_and_what_is_not_mapped_is_listed() -> None:
    means = catalogue("means")
    known = {
        "attack_ids": catalogue("attack_tactics"),
        "ics_ids": catalogue("attack_ics_tactics"),
        "disarm_tactics": catalogue("disarm_tactics"),
        "jrc_domains": catalogue("jrc_domains"),
        "group_2019": catalogue("means_groups"),
        "domain": catalogue("domains"),
        "parent": means,
    }

    assert all(
        words.get(key) for entry in means.entries for field, words in known.items() for key in entry.strings(field)
    )
    for entry in means.entries:
        shortnames = tuple(known["attack_ids"].get(key).fields["shortname"] for key in entry.strings("attack_ids"))
        assert shortnames == entry.strings("attack_tactics")
    gaps = mapping_gaps()
    assert ("takeover_investment", "attack_tactics") in gaps
    mapped = sum(bool(entry.strings(mapping)) for entry in means.entries for mapping in MAPPINGS)
    assert len(gaps) + mapped == len(means.entries) * len(MAPPINGS)


def test_patterns_are_written_as_text_is_folded() -> None:
    patterns = [
        pattern
        for name in ("means", "response_means")
        for e in catalogue(name).entries
        for pattern in e.strings("patterns")
    ]

    assert [pattern for pattern in patterns if fold(pattern) != pattern] == []


@pytest.mark.requirement("R013")
@pytest.mark.shared_data
def test_each_means_of_the_public_incidents_resolves_or_is_in_the_counted_gap_report() -> None:
    words = [word.strip() for cell in column("incidents/public_incidents.csv", "means") for word in cell.split(";")]

    gaps = means_gaps(words)

    assert all(means_of(word) or responses_of(word) or gaps[word] for word in words if word)
    assert len(gaps) < 0.05 * len(set(words))
    assert "diaspora protest mobilisation" in gaps


@pytest.mark.requirement("R013")
@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("path", "name", "words", "separator"),
    [
        ("incidents/public_incidents.csv", "country", "countries", ";"),
        ("incidents/public_incidents.csv", "domain", "domains", "\0"),
        ("incidents/public_incidents.csv", "interests", "interests", ";"),
        ("incidents/public_incidents.csv", "target_sector", "sectors", ";"),
        ("incidents/public_incidents.csv", "actor_kind", "actor_kinds", ";"),
        ("incidents/public_incidents.csv", "event_type", "event_types", ";"),
        ("incidents/public_incidents.csv", "source_kind", "source_kinds", ";"),
        ("policy/incidents.csv", "domain", "policy_domains", ";"),
        ("policy/statements.csv", "domain", "policy_domains", ";"),
        ("policy/statements.csv", "actor_kind", "actor_kinds", ";"),
        ("policy/commitments.csv", "theme", "commitment_themes", ";"),
        ("policy/themes.csv", "name_nl", "themes", "\0"),
        ("policy/themes.csv", "name_en", "themes", "\0"),
        ("eurepoc/receivers_before_2021.csv", "receiver_category", "sectors", ";"),
        ("eurepoc/attributions_before_2021.csv", "attributed_initiator_category", "actor_kinds", ";"),
    ],
)
def test_every_coded_word_of_the_public_data_resolves(path: str, name: str, words: str, separator: str) -> None:
    stated = {word.strip() for cell in column(path, name) for word in cell.split(separator)} - {"", "all"}

    assert [word for word in sorted(stated) if catalogue(words).find(word) is None] == []


@pytest.mark.shared_data
def test_eurepoc_receiver_countries_are_countries_regions_or_organisations() -> None:
    stated = set(column("eurepoc/receivers_before_2021.csv", "receiver_country"))

    strange = {word for word in stated if not catalogue("countries").find(word) and not catalogue("regions").find(word)}

    assert strange == {
        "ISIS",
        "International Association of Athletics Federations",
        "Interpol",
        "Not available",
        "Organization for Security and Cooperation in Europe",
        "UNICEF",
        "United Nations",
        "United Nations Economic and Social Council",
        "United Nations Environment Programme",
        "United Nations Organization",
        "Unknown",
        "World Anti-Doping Agency",
    }


@pytest.mark.shared_data
def test_the_disarm_tactics_are_those_of_the_bundle() -> None:
    bundle = json.loads(shared("disarm/DISARM.json").read_text(encoding="utf-8"))
    stated = {
        (item["external_references"][0]["external_id"], item["x_mitre_shortname"], item["name"])
        for item in bundle["objects"]
        if item["type"] == "x-mitre-tactic"
    }

    assert {(e.key, e.fields["shortname"], e.en) for e in catalogue("disarm_tactics").entries} == stated


def test_importing_the_catalogues_reads_no_catalogue() -> None:
    script = (
        "import verband.language.catalogues as c, sys;"
        "assert c._raw.cache_info().currsize == 0;"
        "assert not {'django', 'rapidfuzz'} & set(sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT / "src")

    assert done.returncode == 0, done.stderr
