"""The register: what is known beside what is stated, kept with a source; what P1, P6, P10 and P17 refuse."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rooms.exposure.conftest import WRITER, reader
from tests.rooms.measures.register.conftest import NOW, ROWS, keep
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.measures import services
from verband.rooms.measures.register import keeping, proposing, standing
from verband.rooms.measures.register.kinds import KINDS
from verband.rooms.measures.register.standing import Known
from verband.rooms.people.services import Reader

LATER = datetime(2026, 7, 1, tzinfo=UTC)
PROPOSAL: dict[str, str | list[str]] = {
    "title_nl": "Een loket",
    "title_en": "A new desk",
    "kind": "institution",
    "accent": "generic",
    "theme": "state_threats",
    "owner": "JenV",
    "existing": "The desk of MEA-4 answers citizens only.",
    "source": "Own proposal",
    "marking": "CLEAR",
}


def known(key: str = "MEA-1", who: Reader = WRITER, known_on: int | None = None) -> Known:
    return next(item for item in standing.register(who, known_on=known_on) if item.measure.key == key)


@pytest.mark.requirement("R010")
def test_the_state_as_known_is_the_newest_step_and_the_status_as_stated_stays_beside_it() -> None:
    keep("step", state="running", since="2026-05-01")
    keep("step", state="adopted", since="2026-02-01")

    found = known()

    assert found.state is not None
    assert (found.state.state, found.state.source) == ("running", "Letter of May")
    assert found.measure.status_as_stated == "running"
    assert len(found.rows["step"]) == 2
    assert known("MEA-2").state is None


@pytest.mark.requirement("R010")
@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_of_row_is_kept_with_source_and_name_logged_and_withdrawn_with_a_reason(kind: str) -> None:
    row = keep(kind)

    stands = known().rows[kind]
    with pytest.raises(InputError) as unreasoned:
        keeping.withdraw(kind, str(row.pk), reason=" ", who=WRITER, now=NOW)
    keeping.withdraw(kind, str(row.pk), reason="Read wrongly", who=WRITER, now=NOW)
    with pytest.raises(InputError) as again:
        keeping.withdraw(kind, str(row.pk), reason="Again", who=WRITER, now=NOW)

    assert [(one.source, one.kept_by) for one in stands] == [("Letter of May", WRITER.signature)]
    assert (unreasoned.value.code, again.value.code) == ("register.empty", "register.withdrawn")
    assert known().rows[kind] == ()
    assert [one.withdrawn_reason for one in known().gone[kind]] == ["Read wrongly"]
    acts = list(Entry.objects.filter(object="measure MEA-1").values_list("action", flat=True))
    assert acts == [KINDS[kind].act, "row of the register of measures withdrawn"]


@pytest.mark.requirement("R010")
@pytest.mark.parametrize("kind", ROWS)
def test_nothing_is_kept_without_its_source_or_a_field_that_it_needs(kind: str) -> None:
    needed = ["source", *(column.name for column in KINDS[kind].columns if column.required)]

    for name in needed:
        with pytest.raises(InputError) as error:
            keep(kind, **{name: ""})
        assert (error.value.code, error.value.params["field"]) == ("register.empty", name)
    assert not KINDS[kind].model._default_manager.exists()


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("missing", ["reason", "until", "reviewer"])
def test_a_measure_aimed_at_a_state_is_refused_without_reason_term_and_reviewer(missing: str) -> None:
    whole = {"aim": "targeted", "reason": "One state buys these.", "until": "2027-06-01", "reviewer": "EZK"}

    with pytest.raises(InputError) as error:
        keep("aim", **{**whole, missing: ""})
    keep("aim", **whole)

    assert (error.value.code, error.value.params["field"]) == ("register.targeted", missing)
    aim = known().aim
    assert aim is not None
    assert (aim.aim, aim.reason, aim.reviewer) == ("targeted", "One state buys these.", "EZK")


@pytest.mark.requirement("P10")
@pytest.mark.parametrize("grounds", [["competitiveness"], ["market_advantage", "competitiveness"]])
def test_advantage_on_the_market_is_refused_as_the_only_ground(grounds: list[str]) -> None:
    with pytest.raises(InputError) as error:
        keep("ground", grounds=grounds)
    keep("ground", grounds=[*grounds, "dependency"])

    assert error.value.code == "register.no_security_ground"
    assert "ground" not in known().lacks
    assert "ground" in known("MEA-2").lacks
    assert "ground" not in known("MEA-4").lacks


@pytest.mark.requirement("P10")
def test_a_ground_is_asked_of_economic_measures_only() -> None:
    with pytest.raises(InputError) as error:
        keep("ground", "MEA-4")

    assert error.value.code == "register.not_economic"


@pytest.mark.requirement("P6")
def test_what_companies_do_says_whether_government_does_it_and_the_balance_counts_the_parties() -> None:
    with pytest.raises(InputError) as unsaid:
        keep("part", party="business")
    with pytest.raises(InputError) as of_others:
        keep("part", party="citizens", applies="yes")
    keep("part", party="business", applies="partly")
    keep("part", "MEA-2", party="government")

    counted = standing.balance(standing.register(WRITER))

    assert {unsaid.value.code, of_others.value.code} == {"register.applies"}
    assert dict(counted.parties) == {"government": 1, "business": 1, "knowledge_institutions": 0, "citizens": 0}
    assert counted.without_party == 2
    assert known().parties == ("business",)


@pytest.mark.requirement("P17")
def test_a_proposal_without_why_existing_measures_do_not_do_is_refused_and_one_with_it_is_proposed() -> None:
    with pytest.raises(InputError) as error:
        proposing.propose({**PROPOSAL, "existing": " "}, who=WRITER, now=NOW)
    assert len(standing.register(WRITER)) == 4

    made = proposing.propose(PROPOSAL, who=WRITER, now=NOW)

    assert (error.value.code, error.value.params["field"]) == ("register.empty", "existing")
    found = known(made.key)
    assert found.state is not None
    assert found.state.state == "proposed"
    assert found.origin is not None
    assert found.origin.existing == "The desk of MEA-4 answers citizens only."
    assert [one.interest for one in made.coverage if one.theme == "state_threats"]


@pytest.mark.requirement("P10")
def test_an_economic_proposal_needs_a_ground_of_national_security() -> None:
    economic = {**PROPOSAL, "accent": "economic_and_knowledge_security"}
    told = {"climate": "None", "review_on": "2027-01-01"}
    codes = []
    for fields in ({}, told, {**told, "grounds": ["competitiveness"]}):
        with pytest.raises(InputError) as error:
            proposing.propose({**economic, **fields}, who=WRITER, now=NOW)
        codes.append(error.value.code)

    made = proposing.propose({**economic, **told, "grounds": ["dependency"]}, who=WRITER, now=NOW)

    assert codes == ["register.empty", "register.no_security_ground", "register.no_security_ground"]
    assert "ground" not in known(made.key).lacks


@pytest.mark.requirement("R107")
def test_each_measure_has_one_accent_or_generic() -> None:
    with pytest.raises(InputError) as error:
        proposing.propose({**PROPOSAL, "accent": "everything"}, who=WRITER, now=NOW)
    proposing.propose(PROPOSAL, who=WRITER, now=NOW)

    accents = set(catalogue("accents").keys())
    assert error.value.code == "register.word"
    assert len(accents) == 5
    assert all(item.measure.accent in accents for item in standing.register(WRITER))


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("step", {"since": "2026-06-02"}, "register.future"),
        ("effect", {"day": "2030-01-01"}, "register.future"),
        ("step", {"since": "soon"}, "register.day"),
        ("step", {"since": "0026-03-01"}, "register.day"),
        ("term", {"due": "9999-12-31"}, "register.day"),
        ("ground", {"review_on": "2026-05-31"}, "register.past"),
        ("step", {"state": "x" * 1_000_000}, "register.long"),
        ("step", {"state": "finished"}, "register.word"),
        ("means", {"means": "mind reading"}, "register.word"),
        ("conflict", {"other": "MEA-1"}, "register.itself"),
        ("conflict", {"other": "MEA-9"}, "register.word"),
        ("ground", {"grounds": ["envy"]}, "register.word"),
        ("term", {"who": "x" * 201}, "register.long"),
        ("aim", {"marking": "PINK"}, "register.word"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(kind: str, fields: dict[str, str | list[str]], code: str) -> None:
    with pytest.raises(InputError) as error:
        keep(kind, **fields)

    assert error.value.code == code
    assert error.value.params["field"] == next(iter(fields))
    assert not KINDS[kind].model._default_manager.exists()


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "\x00", "²", "-1", ""])
def test_a_number_that_no_row_can_have_is_the_number_of_nothing(number: str) -> None:
    with pytest.raises(NotFoundError) as error:
        keeping.withdraw("step", number, reason="Read wrongly", who=WRITER, now=NOW)

    assert error.value.code == "register.none"


def test_a_reason_for_taking_back_is_no_longer_than_another_text() -> None:
    row = keep("step")

    with pytest.raises(InputError) as error:
        keeping.withdraw("step", str(row.pk), reason="x" * 10_001, who=WRITER, now=NOW)

    assert (error.value.code, error.value.params["field"]) == ("register.long", "reason")
    assert len(known().rows["step"]) == 1


@pytest.mark.requirement("R009")
def test_a_conflict_stands_on_both_measures_once() -> None:
    keep("conflict", "MEA-1")
    for first, second in (("MEA-1", "MEA-4"), ("MEA-4", "MEA-1")):
        with pytest.raises(InputError) as error:
            keep("conflict", first, other=second)
        assert error.value.code == "register.twice"

    assert [row.reason for row in known("MEA-1").conflicts] == ["One asks openness, the other silence."]
    assert known("MEA-1").conflicts == known("MEA-4").conflicts
    assert known("MEA-2").conflicts == ()


def test_a_row_is_never_marked_lower_than_its_measure_and_what_is_hidden_is_not_there() -> None:
    with pytest.raises(InputError) as error:
        keep("step", "MEA-3", marking="GREEN")
    keep("step", "MEA-3")
    keep("conflict", "MEA-1", other="MEA-3")
    keep("effect", "MEA-1", marking="AMBER")

    low = reader("assess", tlp="GREEN")

    assert error.value.code == "register.below_base"
    assert known("MEA-3").state is not None
    assert [item.measure.key for item in standing.register(low)] == ["MEA-1", "MEA-2", "MEA-4"]
    assert known("MEA-1", low).conflicts == ()
    assert known("MEA-1", low).rows["effect"] == ()
    with pytest.raises(NotFoundError):
        keeping.keep("step", "MEA-3", ROWS["step"], who=low, now=NOW)


def test_a_reader_without_the_power_keeps_withdraws_and_proposes_nothing() -> None:
    row, low = keep("step"), reader()

    for do in (
        lambda: keeping.keep("step", "MEA-1", ROWS["step"], who=low, now=NOW),
        lambda: keeping.withdraw("step", str(row.pk), reason="r", who=low, now=NOW),
        lambda: proposing.propose(PROPOSAL, who=low, now=NOW),
    ):
        with pytest.raises(RefusedError):
            do()


def test_what_was_withdrawn_later_stands_as_known_on_the_day_before() -> None:
    row = keep("step")
    keeping.withdraw("step", str(row.pk), reason="Wrong", who=WRITER, now=LATER)

    then = known(known_on=int(NOW.timestamp()) + 1)

    assert then.state is not None
    assert then.gone["step"] == ()
    assert known().state is None


def test_the_term_that_comes_next_is_one_that_an_evaluation_has_not_met() -> None:
    keep("term", due="2026-01-01")
    keep("term", due="2027-01-01")
    before = known().next_term
    keep("step", state="evaluated", since="2026-05-01")
    after = known().next_term

    assert before is not None
    assert after is not None
    assert (before.due.isoformat(), after.due.isoformat()) == ("2026-01-01", "2027-01-01")


@pytest.mark.requirement("R013")
def test_a_means_is_read_where_the_words_of_a_measure_name_it_and_nowhere_else() -> None:
    read = {item.measure.key: [(one.means, one.verified) for one in item.against] for item in standing.register(WRITER)}

    assert read == {
        "MEA-1": [("takeover_investment", False)],
        "MEA-2": [("takeover_investment", False)],
        "MEA-3": [("cyber_attack", False)],
        "MEA-4": [],
    }
    (one,) = known("MEA-1").against
    assert (one.word, one.because("en"), one.number) == ("takeovers", "tests takeovers and investments", None)


@pytest.mark.requirement("R013")
def test_what_a_person_says_stands_before_the_reading_and_may_take_it_away() -> None:
    keep("means", "MEA-1")
    keep("means", "MEA-2", stance="not_against", reason="It tests the sector, not a takeover.")
    keep("means", "MEA-4", means="espionage")
    with pytest.raises(InputError) as error:
        keep("means", "MEA-4", means="espionage", stance="not_against")

    read = {item.measure.key: [(one.means, one.verified) for one in item.against] for item in standing.register(WRITER)}

    assert error.value.code == "register.twice"
    assert read["MEA-1"] == [("takeover_investment", True)]
    assert read["MEA-2"] == []
    assert read["MEA-4"] == [("espionage", True)]


def test_every_rule_of_the_reading_names_a_means_and_no_country() -> None:
    from verband.rooms.measures.register.against import _reading

    countries = {entry.en.casefold() for entry in catalogue("countries").entries}
    for rule in _reading().rule:
        assert catalogue("means").find(rule.means) is not None
        assert not any(name in word.split() for word in rule.words for name in countries)


def test_services_offer_the_register_to_the_rooms_above() -> None:
    assert [item.measure.key for item in services.register(WRITER)] == ["MEA-1", "MEA-2", "MEA-3", "MEA-4"]


@pytest.mark.requirement("P3", "D1")
@pytest.mark.parametrize(
    "text", ["Ask someone@example.org.", "Call 06 12345678 about it.", "The file of 111222333 says so."]
)
def test_what_leads_to_a_person_is_refused_in_every_text_with_its_field_and_a_line_in_the_log(text: str) -> None:
    refused = [
        (lambda: keep("effect", what=text), "what"),
        (lambda: keep("effect", source=text), "source"),
        (lambda: proposing.propose(PROPOSAL | {"owner": text}, who=WRITER, now=NOW), "owner"),
        (lambda: keeping.withdraw("step", str(row.pk), reason=text, who=WRITER, now=NOW), "reason"),
    ]
    row = keep("step")
    for act, field in refused:
        with pytest.raises(InputError) as error:
            act()
        assert (error.value.code, error.value.params["field"]) == ("people.contact", field)

    assert known().rows["effect"] == ()
    assert [one.state for one in known().rows["step"]] == ["running"]
    lines = Entry.objects.filter(action="refused")
    assert lines.count() == len(refused)
    assert not any(text in line.detail for line in lines)
