"""The instruments of a response: existing ones, every word in its catalogue, nothing made up where nothing is known."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from verband.language.catalogues import BUILT_IN, catalogue
from verband.language.errors import InputError
from verband.language.instruments import OWN_READING, WORDS_OF, instrument, instruments, within

ENTRY = """
[[entry]]
key = "{key}"
nl = "{key} nl"
en = "{key} en"
power = "diplomatic"
areas = ["foreign_affairs"]
functions = ["respond"]
goals = ["stop"]
channels = ["national", "eu"]
gate = "political"
owner_nl = "minister"
owner_en = "minister"
legal_basis_certainty = "unverified"
lead_time = "{lead_time}"
reversibility = "fully"
cost = "not_known"
rights = ["none"]
certainty = "own_reading"
"""


def own_file(folder: Path, *entries: str) -> Path:
    head = 'name = "instruments"\nversion = "2027"\nsource = "ours"\nverified = false\nreview_date = "2028-01-01"\n'
    (folder / "instruments.2027.toml").write_text(head + "".join(entries), "utf-8")
    return folder


def test_dialogue_is_the_first_instrument_and_nothing_is_milder() -> None:
    first = instruments()[0]

    assert (first.key, first.milder) == ("dialogue", ())


def test_every_power_both_gates_every_goal_channel_function_and_toolbox_has_an_instrument() -> None:
    used = {
        field: {word for item in instruments() for word in item.entry.strings(field)}
        for field in ("power", "gate", "goals", "channels", "functions", "toolboxes")
    }

    for field, words in used.items():
        assert words == set(catalogue(WORDS_OF[field]).keys()), field


def test_each_pillar_against_manipulation_of_information_has_an_instrument() -> None:
    assert {pillar for item in instruments() for pillar in item.fimi_pillars} == set(catalogue("fimi_pillars").keys())


@pytest.mark.requirement("P14")
def test_every_policy_area_has_an_instrument() -> None:
    assert {area for item in instruments() for area in item.areas} == set(catalogue("policy_areas").keys())


def test_what_courts_prosecutors_mayors_and_supervisors_decide_is_never_a_political_decision() -> None:
    own_law = {
        "criminal_investigation",
        "arrest",
        "prosecution",
        "judicial_cooperation",
        "investment_screening",
        "export_control",
        "public_order",
        "entry_measures",
        "administrative_enforcement",
        "civil_proceedings",
        "intelligence_sharing",
        "lawful_disruption",
        "vessel_inspection",
    }

    assert {instrument(key).gate for key in own_law} == {"competent"}
    assert instrument("eu_sanctions").gate == "political"


def test_milder_instruments_never_lead_back_and_end_in_one_that_has_none() -> None:
    milder = {item.key: item.milder for item in instruments()}

    def ends(key: str, seen: tuple[str, ...]) -> None:
        assert key not in seen, (*seen, key)
        for other in milder[key]:
            ends(other, (*seen, key))

    for key in milder:
        ends(key, ())
    assert {key for key, others in milder.items() if not others} == {"dialogue", "assessment", "reporting_point"}


def test_channels_stand_in_order_of_preference_and_national_only_is_known() -> None:
    assert instrument("intelligence_sharing").channels == ("eu", "nato", "coalition", "national")
    assert instrument("public_order").national_only
    assert not instrument("dialogue").national_only


def test_a_legal_basis_is_stated_or_recalled_or_not_there() -> None:
    for item in instruments():
        assert item.legal_basis_certainty in ("stated", "recalled", "unverified")
        assert bool(item.legal_basis) == (item.legal_basis_certainty != "unverified"), item.key


def test_every_entry_names_its_source_and_is_verified_only_where_a_source_states_it() -> None:
    for item in instruments():
        assert item.source, item.key
        assert item.entry.verified == (item.certainty == "stated"), item.key


def test_cost_is_known_of_none_and_lead_time_only_where_the_source_says_so() -> None:
    assert {item.cost for item in instruments()} == {"not_known"}
    assert [item.key for item in instruments() if item.lead_time != "not_known"] == ["expulsion", "public_order"]


def test_the_file_lists_the_fields_that_are_own_reading() -> None:
    raw = tomllib.loads((BUILT_IN / "instruments.2026.toml").read_text("utf-8"))

    assert tuple(raw["own_reading"]) == OWN_READING


def test_texts_of_a_field_stand_in_both_languages() -> None:
    for item in instruments():
        for field in ("definition", "owner", "preconditions", "escalation", "investment_climate"):
            assert bool(item.text(field, "nl")) == bool(item.text(field, "en")), (item.key, field)
        assert item.text("definition", "nl"), item.key
        assert item.text("owner", "nl"), item.key


@pytest.mark.requirement("R032")
def test_an_instrument_without_owner_or_stated_legal_basis_cannot_be_offered(tmp_path: Path) -> None:
    entry = ENTRY.format(key="dialogue", lead_time="days").replace('owner_nl = "minister"\n', "")
    found = instruments(directory=own_file(tmp_path, entry))

    assert found[0].gaps() == ("owner", "legal_basis")
    assert instrument("dialogue").gaps() == ()
    assert instrument("lawful_disruption").gaps() == ("legal_basis",)
    assert instrument("attribution_alone").gaps() == ("legal_basis",)


@pytest.mark.requirement("R032")
def test_the_filter_by_lead_time_sets_apart_what_is_not_known(tmp_path: Path) -> None:
    entries = [
        ENTRY.format(key=key, lead_time=time)
        for key, time in (("dialogue", "days"), ("slow", "months"), ("open", "not_known"))
    ]
    found = instruments(directory=own_file(tmp_path, *entries))

    soon, unknown = within(found, lead_time="weeks")

    assert [item.key for item in soon] == ["dialogue"]
    assert [item.key for item in unknown] == ["open"]


@pytest.mark.requirement("P17")
def test_a_new_instrument_without_the_reason_why_existing_ones_do_not_do_is_refused(tmp_path: Path) -> None:
    new = ENTRY.format(key="brand_new", lead_time="days") + "existing = false\n"
    folder = own_file(tmp_path, ENTRY.format(key="dialogue", lead_time="days"), new)

    with pytest.raises(InputError, match="brand_new") as refused:
        instruments(directory=folder)

    assert refused.value.code == "instrument.why_new"


@pytest.mark.requirement("P17")
def test_a_new_instrument_with_its_reason_stands_beside_the_others(tmp_path: Path) -> None:
    reason = 'existing = false\nwhy_new_nl = "omdat"\nwhy_new_en = "for"\n'
    new = ENTRY.format(key="brand_new", lead_time="days") + reason
    folder = own_file(tmp_path, ENTRY.format(key="dialogue", lead_time="days"), new)

    found = instrument("brand_new", directory=folder)

    assert (found.existing, found.text("why_new", "en")) == (False, "for")


def test_all_built_in_instruments_exist() -> None:
    assert all(item.existing for item in instruments())


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('gate = "political"', 'gate = "nobody"', "gate"),
        ('goals = ["stop"]', "goals = []", "goals"),
        ('rights = ["none"]', 'rights = ["none"]\nmilder = ["attack"]', "milder"),
        ('cost = "not_known"', 'cost = ["low", "high"]', "cost"),
    ],
)
def test_a_word_that_its_catalogue_does_not_know_is_refused_by_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    folder = own_file(tmp_path, ENTRY.format(key="dialogue", lead_time="days").replace(old, new))

    with pytest.raises(InputError, match=f"'{field}'"):
        instruments(directory=folder)


def test_a_file_without_dialogue_in_front_is_refused(tmp_path: Path) -> None:
    folder = own_file(tmp_path, ENTRY.format(key="sanction", lead_time="days"))

    with pytest.raises(InputError, match="dialogue") as refused:
        instruments(directory=folder)

    assert refused.value.code == "instrument.no_dialogue"


def test_an_unknown_instrument_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="summons"):
        instrument("summonses")


@pytest.mark.requirement("P1")
def test_no_instrument_names_a_country() -> None:
    countries = {word for entry in catalogue("countries").entries for word in (entry.nl, entry.en) if len(word) > 3}
    own = {"Nederland", "Netherlands", "the Netherlands"}
    fields = ("definition", "preconditions", "escalation", "investment_climate")

    for item in instruments():
        said = [item.text(field, language) for field in fields for language in ("nl", "en")]
        texts = [f" {text} " for text in (item.entry.nl, item.entry.en, *said, *item.legal_basis)]
        assert not {name for name in countries - own if any(f" {name} " in text for text in texts)}, item.key
