"""Registers: states by their newest step, reminders, pairs with an interval, places, gaps, and wording."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.rooms.response.conftest import NOW, Room
from verband.demo import register_rows
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.response import services as response
from verband.rooms.response.registers import exported, importing, reading, wording, writing
from verband.rooms.response.registers.kinds import NOT_IN_SOURCES, register, registers
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

pytestmark = pytest.mark.django_db
SANCTION = {
    "title": "Measures against an organisation",
    "party_kind": "organisation",
    "party": "An organisation",
    "regime": "An EU regime",
    "state": "proposed",
    "happened": "2026-01",
    "source": "A decision that was published",
    "marking": "CLEAR",
}
STEP = {
    "title": "Demand to close a service point",
    "measure": "demand",
    "by": "Ministry of Foreign Affairs",
    "towards": "an embassy",
    "state": "done",
    "happened": "2026-05-01",
    "source": "A letter",
    "marking": "CLEAR",
}
POINT = {
    "number": "7",
    "title": "A text taken from the document",
    "owner": "European Commission",
    "state": "loaded",
    "happened": "2026-05-01",
    "source": "The document, p. 4",
    "marking": "CLEAR",
}
EXPERTISE = {
    "title": "Laboratory analysis",
    "organisation": "rivm",
    "competence": "attribution",
    "function": "respond",
    "state": "registered",
    "happened": "2026",
    "source": "Own statement of the organisation",
    "marking": "CLEAR",
}


def add(room: Room, key: str, values: dict[str, str], name: str = "ann", now: datetime = NOW) -> RegisterEntry:
    return writing.add(key, values, language="en", who=room.who(name), now=now)


def step(room: Room, key: str, entry: RegisterEntry, seconds: int = 1, **values: str) -> RegisterStep:
    given = {"source": "A paper", "marking": ""} | values
    now = NOW + timedelta(seconds=seconds)
    return writing.step(key, entry.key, given, language="en", who=room.who("ann"), now=now)


def load(now: datetime = NOW) -> int:
    return response.load_registers(register_rows.entries(), who=people.operator(), now=now)


def only(room: Room, key: str) -> reading.EntryView:
    return reading.standing(key, room.who("ann"))[0]


@pytest.mark.requirement("R037")
def test_a_sanction_goes_from_proposal_to_removal_and_stays_in_the_history(room: Room) -> None:
    row = add(room, "sanctions", SANCTION)
    step(room, "sanctions", row, 1, state="eu_procedure", happened="2026-02")
    step(room, "sanctions", row, 2, state="listed", happened="2026-03-01", until="2026-09-01")
    step(room, "sanctions", row, 3, state="renewed", happened="2026-08-20", until="2027-03-01")
    step(room, "sanctions", row, 4, state="removed", happened="2027-02-20")

    view = only(room, "sanctions")

    assert [one.state for one in view.steps] == ["proposed", "eu_procedure", "listed", "renewed", "removed"]
    assert (view.state, view.ended) == ("removed", True)
    assert reading.reminders([view], date(2030, 1, 1)) == ()
    with pytest.raises(InputError, match="can follow"):
        step(room, "sanctions", row, 5, state="renewed", happened="2027-03", until="2027-09-01")


@pytest.mark.requirement("R037")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 2), []),
        (date(2026, 7, 3), [("soon", 60)]),
        (date(2026, 9, 1), [("soon", 0)]),
        (date(2026, 9, 2), [("overdue", -1)]),
    ],
)
def test_a_renewal_reminds_by_its_day(room: Room, day: date, expected: list[tuple[str, int]]) -> None:
    listed = SANCTION | {"state": "listed", "happened": "2026-03-01", "until": "2026-09-01"}
    add(room, "sanctions", listed)

    found = reading.reminders([only(room, "sanctions")], day)

    assert [(one.state, one.days) for one in found] == expected


@pytest.mark.requirement("R037")
def test_a_renewal_moves_the_reminder_on(room: Room) -> None:
    row = add(room, "sanctions", SANCTION | {"state": "listed", "happened": "2026-03-01", "until": "2026-09-01"})
    step(room, "sanctions", row, 1, state="renewed", happened="2026-08-20", until="2027-03-01")

    assert reading.reminders([only(room, "sanctions")], date(2026, 9, 2)) == ()
    assert reading.reminders([only(room, "sanctions")], date(2027, 2, 1))[0].until == date(2027, 3, 1)


@pytest.mark.requirement("R037")
@pytest.mark.parametrize("word", ["person", "Persoon", "individual"])
def test_a_person_is_not_held(room: Room, word: str) -> None:
    with pytest.raises(InputError) as raised:
        add(room, "sanctions", SANCTION | {"party_kind": word})

    assert (raised.value.code, raised.value.params["field"]) == ("registers.person", "party_kind")
    assert not RegisterEntry.objects.exists()


@pytest.mark.requirement("R037")
def test_a_listing_needs_the_day_to_renew(room: Room) -> None:
    with pytest.raises(InputError) as raised:
        add(room, "sanctions", SANCTION | {"state": "listed"})

    assert (raised.value.code, raised.value.params["field"]) == ("registers.until", "until")


@pytest.mark.requirement("R037")
def test_the_sources_give_two_regimes_without_a_renewal_day_and_that_is_said(room: Room) -> None:
    load()

    found = reading.reminders(reading.standing("sanctions", room.who("ann")), date(2026, 1, 1))

    assert [(one.entry.key, one.state, one.until) for one in found] == [
        ("inc-002", "missing", None),
        ("inc-035", "missing", None),
    ]


@pytest.mark.requirement("R038")
def test_the_demand_and_the_reply_load_as_a_pair_with_three_days_between(room: Room) -> None:
    load()

    pair = reading.pairs([reading.entry("diplomatic", "inc-048", room.who("ann"))])[0]

    assert (pair.step.happened, pair.step.state) == ("2022-10-31", "done")
    assert pair.reaction is not None
    assert (pair.reaction.happened, pair.reaction.state) == ("2022-11-03", "reaction")
    assert (pair.fewest, pair.most) == (3, 3)
    assert pair.reaction.certainty == "claim by the other party"
    cited = reading.source_words(pair.reaction, "nl")
    assert cited.startswith("Kamerbrief met beleidsreactie op het Dreigingsbeeld Statelijke Actoren 2 · 30 821 nr. 175")
    assert cited.endswith("regel 202")


@pytest.mark.requirement("R038")
def test_a_step_goes_from_planned_to_an_effect(room: Room) -> None:
    row = add(room, "diplomatic", STEP | {"state": "planned", "happened": "2026-04"})
    for at, state in enumerate(("done", "reaction", "effect")):
        step(room, "diplomatic", row, at + 1, state=state, happened=f"2026-05-0{at + 1}")

    assert only(room, "diplomatic").state == "effect"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [("2022-10-31", "2022-11-03", (3, 3)), ("2022-10-31", "2022-11", (1, 30)), ("2022", "2022", (0, 364))],
)
def test_days_between_times_as_stated_are_the_fewest_and_the_most(first: str, last: str, days: tuple[int, int]) -> None:
    assert reading.days_between(first, last) == days


@pytest.mark.requirement("R038")
@pytest.mark.parametrize(
    "text",
    [
        "An evil Belgium did this.",
        "Belgium is hostile.",
        "Belgium is a very hostile country.",
        "Because Belgium is and remains an enemy.",
        "This is a rogue state.",
        "The Belgian regime is corrupt.",
        "België is onbetrouwbaar.",
        "Omdat België vijandig is.",
        "Het is een schurkenstaat.",
        "De agressieve staat antwoordde niet.",
    ],
)
def test_a_judgement_on_a_state_as_such_is_refused(room: Room, text: str) -> None:
    with pytest.raises(InputError) as raised:
        add(room, "diplomatic", STEP | {"text": text})

    assert (raised.value.code, raised.value.params["field"]) == ("registers.wording", "text")
    assert not RegisterEntry.objects.exists()


@pytest.mark.requirement("R038")
@pytest.mark.parametrize(
    "text",
    [
        "The hostile act on the territory of Belgium was answered with a demand.",
        "The step towards Belgium was hostile in tone.",
        "Belgium was asked to explain a malicious campaign.",
        "De vijandige handeling werd besproken met België.",
        "Malicious state actors use this means.",
        "Belgium said that the activities had stopped.",
    ],
)
def test_what_was_done_may_be_said_of_any_state(text: str) -> None:
    assert wording.judgement(text) == ""


@pytest.mark.requirement("P1")
def test_the_wording_check_gives_every_state_the_same_answer() -> None:
    refused = "{name} is a hostile country."
    passed = "The demand to {name} was answered; {name} denied the hostile act."

    for entry in catalogue("countries").entries:
        for name in (entry.nl, entry.en):
            assert wording.judgement(refused.format(name=name)), name
            assert wording.judgement(passed.format(name=name)) == "", name


@pytest.mark.requirement("R055")
def test_the_bill_on_espionage_stands_at_the_council_of_state_with_days_as_stated(room: Room) -> None:
    load()

    view = reading.entry("legal", "com-101", room.who("ann"))

    assert [(one.state, one.happened) for one in view.steps] == [
        ("studied", "2021"),
        ("council_of_state", "2022-11-28"),
    ]
    assert [one.key for one in view.of.next_states(view.state)] == ["parliament", "in_force", "ended"]


@pytest.mark.requirement("R100")
def test_there_are_exactly_22_places_each_with_status_and_owner(room: Room) -> None:
    of = register("action-points")

    empty = reading.slots(of, reading.standing("action-points", room.who("ann")))
    add(room, "action-points", POINT)
    held = reading.slots(of, reading.standing("action-points", room.who("ann")))

    assert [one.number for one in empty] == list(range(1, 23))
    assert {(one.state, one.owner) for one in empty} == {(NOT_IN_SOURCES, "EU")}
    assert len(held) == 22
    assert [(one.number, one.state, one.owner) for one in held if one.entry] == [(7, "loaded", "European Commission")]
    assert of.state_words(NOT_IN_SOURCES, "nl") == "tekst niet in de bronnen"


@pytest.mark.requirement("R100")
@pytest.mark.parametrize(("number", "code"), [("0", "slot"), ("23", "slot"), ("seven", "slot"), ("7", "slot_taken")])
def test_no_other_place_than_the_22_can_be_filled_nor_one_twice(room: Room, number: str, code: str) -> None:
    add(room, "action-points", POINT)

    with pytest.raises(InputError) as raised:
        add(room, "action-points", POINT | {"number": number}, now=NOW + timedelta(seconds=1))

    assert raised.value.code == f"registers.{code}"


@pytest.mark.requirement("R102")
def test_a_gap_in_a_competence_shows_and_an_organisation_fills_it(room: Room) -> None:
    of, who = register("cbrn"), room.who("ann")

    empty = reading.matrix(of, reading.standing("cbrn", who), "en")
    row = add(room, "cbrn", EXPERTISE)
    filled = reading.matrix(of, reading.standing("cbrn", who), "en")
    step(room, "cbrn", row, 1, state="ended", happened="2026-05")
    ended = reading.matrix(of, reading.standing("cbrn", who), "en")

    every = ("insight", "signalling", "radiation", "attribution", "arms_control", "sanctions")
    assert empty.gaps == every
    assert empty.columns[:3] == (
        "JenV (Justice and Security)",
        "ANVS (nuclear safety authority)",
        "RIVM (public health institute)",
    )
    assert filled.gaps == tuple(key for key in every if key != "attribution")
    assert filled.columns == empty.columns
    assert "RIVM (public health institute)" not in filled.without
    assert ended.gaps == every


@pytest.mark.requirement("R101")
def test_coalitions_are_given_by_subject(room: Room) -> None:
    load()
    who = room.who("ann")

    assert [one.key for one in response.coalitions(who)] == ["theme-cbrn-coalitions"]
    assert [one.key for one in response.coalitions(who, subject="arms_control")] == ["theme-cbrn-coalitions"]
    assert response.coalitions(who, subject="economic_coercion") == ()


def test_what_was_loaded_once_is_not_loaded_again_even_when_it_was_withdrawn(room: Room) -> None:
    first = load()
    writing.withdraw("diplomatic", "inc-048", reason="Read wrongly", who=room.who("ann"), now=NOW)

    assert (first, load()) == (6, 0)
    assert reading.entry("diplomatic", "inc-048", room.who("ann")).withdrawn


def test_every_seed_has_its_place_in_a_text_and_no_judgement_on_a_state() -> None:
    for row in register_rows.entries():
        texts = {"nl": row.title_nl, "en": row.title_en}
        texts |= {f"{at}": f"{one.text_nl}. {one.text_en}" for at, one in enumerate(row.steps)}
        wording.refuse_judgements(texts)
        for place in (row.place, *(one.place for one in row.steps)):
            assert place["line"] > 0
            assert place["source"] in set(catalogue("policy_texts").keys())


def test_a_step_withdrawn_gives_the_state_before_it_again(room: Room) -> None:
    row = add(room, "diplomatic", STEP)
    made = step(room, "diplomatic", row, 1, state="reaction", happened="2026-05-03")
    first = row.steps.get(state="done")
    with pytest.raises(InputError, match="newer step"):
        writing.withdraw_step("diplomatic", first.key, reason="Wrong", who=room.who("ann"), now=NOW)

    writing.withdraw_step("diplomatic", made.key, reason="Misread", who=room.who("ann"), now=NOW)

    view = only(room, "diplomatic")
    assert view.state == "done"
    assert [one.withdrawn_reason for one in reading.history(view, room.who("ann"))] == ["", "Misread"]


def test_a_step_before_the_one_it_follows_is_refused(room: Room) -> None:
    row = add(room, "diplomatic", STEP)

    with pytest.raises(InputError) as raised:
        step(room, "diplomatic", row, state="reaction", happened="2026-04-30")

    assert (raised.value.code, raised.value.params["field"]) == ("registers.order", "happened")
    assert step(room, "diplomatic", row, state="reaction", happened="2026").happened == "2026"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("happened", "some day", "registers.time"),
        ("happened", "", "response.empty"),
        ("source", " ", "response.empty"),
        ("state", "renewed", "response.word"),
        ("state", "effect", "registers.move"),
        ("measure", "war", "response.word"),
        ("towards", "", "response.empty"),
        ("marking", "", "response.empty"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(room: Room, field: str, value: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        add(room, "diplomatic", STEP | {field: value})

    assert (raised.value.code, raised.value.params["field"]) == (code, field)


def test_only_who_prepares_a_response_keeps_rows(room: Room) -> None:
    for name in ("min", "olga", "root"):
        with pytest.raises(RefusedError):
            add(room, "diplomatic", STEP, name)


def test_an_unknown_register_names_the_nearest() -> None:
    with pytest.raises(NotFoundError) as raised:
        register("sanction")

    assert raised.value.params["nearest"] == "sanctions"


def test_every_state_of_every_register_can_be_reached_and_left_or_ends() -> None:
    for of in registers():
        reached = {""}
        for _ in of.state:
            reached |= {one.key for one in of.state if reached & set(one.after)}
        assert reached == {"", *of.states()}, of.key
        assert all(not of.next_states(one.key) for one in of.state if one.ended), of.key


def test_acts_are_in_the_log(room: Room) -> None:
    row = add(room, "diplomatic", STEP)
    step(room, "diplomatic", row, state="reaction", happened="2026-05-03")
    writing.withdraw("diplomatic", row.key, reason="Wrong", who=room.who("ann"), now=NOW)

    acts = [one.action for one in audit.entries() if one.object == f"response {row.key}"]
    assert sorted(acts) == [
        "register entry kept",
        "register entry withdrawn",
        "register step kept",
        "register step kept",
    ]


def test_a_register_is_shown_as_it_was_known(room: Room) -> None:
    row = add(room, "diplomatic", STEP)
    step(room, "diplomatic", row, 86_400, state="reaction", happened="2026-05-03")

    before = reading.entry("diplomatic", row.key, room.who("ann"), known_on=int(NOW.timestamp()))

    assert before.state == "done"


def test_an_export_comes_back_as_it_went(room: Room) -> None:
    row = add(room, "sanctions", SANCTION)
    step(room, "sanctions", row, state="listed", happened="2026-03-01", until="2026-09-01", marking="AMBER")
    rows = exported.steps(reading.entries("sanctions", room.who("ann")), "en")
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    writing.withdraw("sanctions", row.key, reason="To bring it back", who=room.who("ann"), now=NOW)

    found = importing.import_csv(
        "sanctions",
        stream.getvalue().encode(),
        language="en",
        who=room.who("ann"),
        now=datetime(2026, 6, 2, tzinfo=UTC),
    )

    assert (found.entries, found.steps, found.refused) == (1, 1, ())
    assert exported.steps(reading.standing("sanctions", room.who("ann")), "en") == rows
