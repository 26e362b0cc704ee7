"""The embedded tables hold what they say: closed words, dates that parse, sources, and no private persons."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from verband.demo.tables import MAPPINGS, TABLES, incident_themes, load, load_mapping, version
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import TLP
from verband.language.time import parse_time, span

SHARED = Path(os.environ.get("VERBAND_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
DATA = files("verband.demo").joinpath("data")

EVENT_TYPES = {"incident", "disclosure", "response"}
PRECISIONS = {"year", "month", "day", "range"}
ACTOR_KINDS = {"state", "state-linked", "proxy", "criminal", "disputed", "unknown"}
SECTORS = {
    "government",
    "transport",
    "energy",
    "diaspora",
    "elections",
    "defence",
    "telecom",
    "semiconductors",
    "media",
    "knowledge",
    "port",
    "industry",
    "water",
    "health",
    "society",
    "retail",
    "food",
    "finance",
    "trade",
    "logistics",
    "sport",
    "culture",
    "maritime",
    "territory",
} | {"real estate", "legal institutions"}
SOURCE_KINDS = {
    "news",
    "government",
    "trade_press",
    "ngo",
    "analysis",
    "investigation",
    "legal",
    "database",
    "state_media",
    "blog",
    "encyclopedia",
    "aggregator",
    "forum",
    "official_copy",
    "organisation",
    "parliament",
    "court",
    "fact_check",
    "opinion",
}
GROUPING_KINDS = {"court_or_service", "official_statement", "press", "pattern_only", "criminal_or_domestic"}
DECOYS = {
    "crime",
    "accident",
    "unfounded",
    "coincidence",
    "unattributed",
    "lawful_business",
    "domestic",
    "expression",
    "academia",
    "contested",
    "no_incident",
}
POLICY_EVENT_TYPES = {"incident", "response", "context_event", "statement_like", "crisis"}
STATEMENT_ACTOR_KINDS = {"state", "states", "mixed", "non-state", "proxy", "none"}
OWED = {"none", "motie", "toezegging", "aangekondigde brief", "rapportage"}

#: South, north, west, east in degrees, seas and exclusive economic zone included; coarse on purpose.
BOXES = {
    "AL": (39, 43, 19, 22),
    "BE": (49, 52, 2, 7),
    "BG": (41, 45, 22, 29),
    "BR": (-34, 6, -74, -34),
    "CH": (45, 48, 5, 11),
    "CN": (18, 54, 73, 135),
    "CZ": (48, 52, 12, 19),
    "DE": (47, 56, 5, 16),
    "DK": (54, 58, 3, 16),
    "EE": (57, 60, 21, 29),
    "ES": (35, 44, -10, 5),
    "FI": (59, 71, 19, 32),
    "FR": (41, 52, -6, 10),
    "GB": (49, 62, -12, 3),
    "GL": (59, 84, -74, -11),
    "GR": (34, 42, 19, 30),
    "HK": (22, 23, 113, 115),
    "IE": (51, 56, -12, -5),
    "IT": (36, 48, 6, 19),
    "KR": (33, 39, 124, 132),
    "LT": (53, 57, 19, 27),
    "LU": (49, 51, 5, 7),
    "LV": (55, 59, 19, 29),
    "MD": (45, 49, 26, 31),
    "MY": (0, 8, 99, 120),
    "NC": (-23, -19, 163, 169),
    "NL": (50, 56, 2, 8),
    "NO": (57, 81, 2, 34),
    "PL": (48, 56, 14, 25),
    "RO": (43, 49, 20, 31),
    "RS": (42, 47, 18, 24),
    "RU": (41, 82, 19, 180),
    "SE": (55, 70, 10, 25),
    "SI": (45, 47, 13, 17),
    "SJ": (74, 81, 10, 36),
    "SK": (47, 50, 16, 23),
    "US": (24, 50, -125, -66),
}

_PEOPLES = "British|Bulgarian|Chinese|French|German|Iranian|Moldovan|Polish|Romanian|Serbian|Swedish|Ukrainian"
#: Origin of a person in running text. Dutch citizens as a group are who was hit, not who did it.
PERSON_FEATURES = re.compile(
    r"\bborn in\b|\bof \w+ (origin|descent)\b|\w+-born\b|\bdual nationals?\b|\bnationality\b|"
    rf"\b({_PEOPLES}|Dutch) (nationals?|men|man|woman|couple|teenagers?|recruits)\b|\b({_PEOPLES}) citizens?\b"
)
SHOWN_TEXT = [
    "title",
    "summary",
    "actor_as_stated",
    "attribution_as_stated",
    "attributed_by",
    "certainty_as_stated",
    "response_as_stated",
    "note",
]
#: SHA-256 of names that were found and taken out, so that this file does not hold them either.
TAKEN_OUT = {
    "868d5270730fb805",
    "bf505cf86cc9b290",
    "081883e4d331630f",
    "a37bef58a8d1e207",
    "93eae4861f4ab98c",
    "2f0f936f8188a311",
}


def raw(name: str) -> list[dict[str, str]]:
    text = DATA.joinpath(f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def key_of(table: str) -> str:
    return {"groupings": "campaign", "themes": "theme_no", "sources": "key"}.get(table, "id")


def words_of(text: str) -> set[str]:
    return {hashlib.sha256(word.casefold().encode()).hexdigest()[:16] for word in re.findall(r"\w+", text)}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_exactly_the_columns_of_its_rows(table: str) -> None:
    columns = list(raw(table)[0])

    fields = [field.name for field in msgspec.structs.fields(TABLES[table])]

    assert columns == fields


def test_every_row_is_kept_or_dropped_with_a_reason() -> None:
    about = version()

    counts = {name: len(load(name)) for name in about["rows"]}

    assert counts == about["rows"]
    assert counts["public_incidents"] + len(about["dropped"]) == 477
    assert all(about["dropped"].values())


def test_ids_are_unique() -> None:
    tables = ("public_incidents", "groupings", "sources", "policy_incidents", "statements", "commitments", "themes")

    doubled = {
        table: [k for k, n in Counter(row[key_of(table)] for row in raw(table)).items() if n > 1] for table in tables
    }

    assert not any(doubled.values())


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="public_incidents"):
        load("public_incident")  # type: ignore[call-overload]


def test_a_date_carries_its_precision_and_a_range_runs_forward() -> None:
    earliest = parse_time("2010")

    for row in load("public_incidents"):
        start = parse_time(row.date_start)
        if row.date_precision == "range":
            assert earliest < span(start, parse_time(row.date_end)), row.id
        else:
            assert (start.precision, row.date_end) == (row.date_precision, ""), row.id


def test_dates_of_policy_events_parse_unless_undated() -> None:
    for row in load("policy_incidents"):
        if row.date_precision == "undated":
            assert row.date_start == ""
            parse_time(row.date_end_or_not_after)
        elif row.date_end_or_not_after:
            span(parse_time(row.date_start), parse_time(row.date_end_or_not_after))
        else:
            assert row.date_precision in (parse_time(row.date_start).precision, "range")


def test_coordinates_lie_in_a_country_of_their_row() -> None:
    placed = [
        (row, row.lat, row.lon) for row in load("public_incidents") if row.lat is not None and row.lon is not None
    ]

    outside = [
        row.id
        for row, lat, lon in placed
        if not any(
            south <= lat <= north and west <= lon <= east
            for south, north, west, east in (BOXES[code] for code in row.country if code in BOXES)
        )
    ]

    assert len(placed) > 400
    assert outside == []


def test_place_and_coordinates_come_together() -> None:
    for row in load("public_incidents"):
        assert bool(row.place) == (row.lat is not None) == (row.lon is not None), row.id


def test_words_of_public_incidents_are_closed() -> None:
    rows = load("public_incidents")

    assert {row.event_type for row in rows} == EVENT_TYPES
    assert {row.date_precision for row in rows} == PRECISIONS
    assert {row.actor_kind for row in rows} == ACTOR_KINDS
    assert {row.domain for row in rows} == set(catalogue("domains").keys())
    assert {sector for row in rows for sector in row.target_sector} <= SECTORS
    assert {row.source_kind for row in rows} <= SOURCE_KINDS
    assert {row.checked for row in rows} == {"yes", "partly"}
    assert {row.decoy for row in rows} - {""} == DECOYS
    assert all(re.fullmatch(r"[A-Z]{2}", code) for row in rows for code in row.country)
    for row in rows:
        assert row.country, row.id
        assert row.interests, row.id
        assert row.means, row.id


def test_words_of_the_other_tables_are_closed() -> None:
    assert {row.grouping_kind for row in load("groupings")} == GROUPING_KINDS
    assert {row.event_type for row in load("policy_incidents")} == POLICY_EVENT_TYPES
    assert {row.actor_kind for row in load("statements")} == STATEMENT_ACTOR_KINDS
    assert {row.owed_to_parliament for row in load("commitments")} == OWED
    assert {row.owner_basis for row in load("commitments")} == {"stated", "inferred"}
    assert tuple(row.key for row in load("themes")) == catalogue("themes").keys()


def test_every_word_has_its_mapping_and_every_mapping_ends_in_a_key_of_a_catalogue() -> None:
    domains, interests = load_mapping("domain_word_to_domain"), load_mapping("interest_word_to_interest")
    commitment_themes = {row.theme for row in load("commitments")}
    stated_domains = {row.domain for table in ("policy_incidents", "statements") for row in load(table)}
    stated_interests = {
        word
        for table in ("public_incidents", "policy_incidents", "statements", "themes")
        for row in load(table)
        for word in row.interests
    }

    ends = {name: {key for entry in load_mapping(name).values() for key in entry.keys} for name in MAPPINGS}

    assert stated_domains | set(catalogue("domains").keys()) == set(domains)
    assert stated_interests <= set(interests)
    assert set(load_mapping("commitment_theme_to_theme")) == commitment_themes
    assert set(load_mapping("commitment_theme_to_accent")) == commitment_themes
    assert ends["domain_word_to_domain"] <= set(catalogue("domains").keys())
    assert ends["interest_word_to_interest"] == set(catalogue("interests").keys())
    assert ends["commitment_theme_to_accent"] <= set(catalogue("accents").keys())
    for name in ("incident_domain_to_theme", "section_to_theme", "commitment_theme_to_theme"):
        assert ends[name] <= set(catalogue("themes").keys())


def test_themes_of_an_incident_follow_its_domain_first_and_then_its_interests() -> None:
    found = incident_themes("cyber", ["economic", "physical", "legal_order"])

    assert found == ("digital_threats", "state_threats", "vital_infrastructure", "multilateral_institutions")


def test_every_incident_has_a_theme() -> None:
    without = [row.id for row in load("public_incidents") if not incident_themes(row.domain, row.interests)]

    assert without == []


def test_every_address_is_one_of_the_web_and_does_not_track_the_reader() -> None:
    for row in load("public_incidents"):
        assert re.match(r"https?://[^\s/]+/?\S*$", row.source_url), row.id
        for address in (row.second_source_url, row.campaign_source_url):
            assert not address or re.match(r"https?://[^\s/]+/?\S*$", address), row.id
            assert "utm_" not in address + row.source_url, row.id
        assert row.source_publisher, row.id


def test_shared_features_are_keys_with_values() -> None:
    for row in load("public_incidents"):
        for key, value in row.features():
            assert re.fullmatch(r"[a-z][a-z_-]*", key), (row.id, key)
            assert value, (row.id, key)
            assert "=" not in value, (row.id, value)


@pytest.mark.requirement("D1")
def test_no_private_person_is_named_or_described_by_origin() -> None:
    shown = []
    for row in load("public_incidents"):
        texts = [str(getattr(row, name)) for name in SHOWN_TEXT] + list(row.shared_features) + list(row.target)
        if row.show_title:
            texts.append(row.source_title)
        shown.append((row.id, " | ".join(texts)))
    shown += [(row["id"], " | ".join(row.values())) for name in ("policy_incidents", "statements") for row in raw(name)]
    shown += [
        (row["row_id"], f"{row['old']} | {row['new']}") for row in raw("CHANGES") if row["column"] != "source_title"
    ]

    named = [row_id for row_id, text in shown if words_of(text) & TAKEN_OUT]
    described = [(row_id, match[0]) for row_id, text in shown if (match := PERSON_FEATURES.search(text))]

    assert named == []
    assert described == []


@pytest.mark.requirement("P3")
def test_no_response_and_no_protest_opinion_or_faith_enters_connecting() -> None:
    rows = load("public_incidents")

    assert not [row.id for row in rows if row.event_type == "response" and row.enters_connecting]
    assert not [row.id for row in rows if row.decoy == "expression" and row.enters_connecting]
    assert [row.id for row in rows if row.enters_connecting != (row.enters_reason == "")] == []
    policy = load("policy_incidents")
    assert {row.event_type for row in policy if row.enters_connecting} == {"incident"}
    assert not [row.id for row in policy if row.enters_connecting and row.date_precision == "undated"]
    assert [row.id for row in policy if row.enters_connecting != (row.enters_reason == "")] == []


def test_a_row_that_its_page_does_not_fully_support_is_for_analysts_and_says_why() -> None:
    rows = load("public_incidents")

    assert {row.marking for row in rows} == {"CLEAR", "AMBER"} <= set(TLP)
    for row in rows:
        assert (row.marking == "AMBER") == (row.checked == "partly") == bool(row.marking_reason), row.id


def test_pairs_are_two_rows_that_exist() -> None:
    ids = {row.id for row in load("public_incidents")}
    pairs = load("same_event_pairs")

    assert all({pair.id_a, pair.id_b} <= ids and pair.id_a != pair.id_b for pair in pairs)
    assert len({frozenset((pair.id_a, pair.id_b)) for pair in pairs}) == len(pairs)
    assert sum(pair.same for pair in pairs) == 19


def test_groupings_count_the_rows_that_carry_their_name() -> None:
    carried = Counter(row.campaign for row in load("public_incidents") if row.campaign)

    counted = {grouping.campaign: grouping.rows for grouping in load("groupings")}

    assert counted == dict(carried)
    assert all(row.campaign_source_url for row in load("public_incidents") if row.campaign)


def test_every_row_of_a_criminal_or_domestic_grouping_is_marked_a_decoy() -> None:
    criminal = {grouping.campaign for grouping in load("groupings") if grouping.is_decoy}

    unmarked = [row.id for row in load("public_incidents") if row.campaign in criminal and not row.decoy]

    assert len(criminal) == 3
    assert unmarked == []


def test_every_mended_cell_holds_its_new_value() -> None:
    cells = {
        (table, row[key_of(table)]): row
        for table in TABLES
        if table != "CHANGES"
        for row in raw(table)
        if key_of(table) in row
    }

    stale = [
        (change.table, change.row_id, change.column)
        for change in load("CHANGES")
        if cells[change.table, change.row_id][change.column] != change.new
    ]

    assert stale == []
    assert all(change.reason and change.old != change.new for change in load("CHANGES"))


def test_every_policy_row_says_source_section_and_line_and_never_a_file() -> None:
    keys = {source.key for source in load("sources")}

    for table in ("policy_incidents", "statements", "commitments"):
        for row in load(table):
            assert row.source in keys, row.id
            assert row.section, row.id
            assert row.line > 0, row.id
    for theme in load("themes"):
        assert theme.source in keys
        assert min(theme.line_summary, theme.line_threat, theme.line_resilience, theme.line_approach) > 0
    for table in TABLES:
        assert not re.search(r"\b00[0-4]_[0-9a-f]{8,}", DATA.joinpath(f"{table}.csv").read_text("utf-8")), table


@pytest.mark.requirement("P1")
def test_statements_of_one_line_and_one_means_differ_only_in_the_actor() -> None:
    groups: dict[tuple[str, int, str], set[tuple[object, ...]]] = {}
    for row in load("statements"):
        place = (row.source, row.line, row.instrument_en)
        groups.setdefault(place, set()).add(
            (row.interests, row.sub_interest, row.domain, row.target, row.effect_as_read)
        )

    assert [place for place, contents in groups.items() if len(contents) > 1] == []


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("public_incidents", "incidents/public_incidents.csv"),
        ("groupings", "incidents/groupings.csv"),
        ("same_event_pairs", "incidents/same_event_pairs.csv"),
        ("policy_incidents", "policy/incidents.csv"),
        ("statements", "policy/statements.csv"),
        ("commitments", "policy/commitments.csv"),
        ("themes", "policy/themes.csv"),
    ],
)
def test_every_cell_that_differs_from_the_source_table_is_listed(table: str, path: str) -> None:
    if not (SHARED / path).is_file():
        pytest.skip(f"the public data folder is not there: {SHARED}")
    listed = {(change.table, change.row_id, change.column) for change in load("CHANGES")}
    with (SHARED / path).open(encoding="utf-8", newline="") as stream:
        before = list(csv.DictReader(stream))
    after = raw(table)

    differing = {
        (table, old.get(key_of(table), ""), column)
        for old, new in zip(before, after, strict=True)
        for column in old.keys() & new.keys()
        if old[column] != new[column]
    }

    assert differing == {change for change in listed if change[0] == table}
