"""What a package needs before anybody decides, what an option needs to be kept, and the scope test before both."""

from __future__ import annotations

import pytest

from tests.rooms.response.conftest import ADVICE, CASE, CHARGES, DIALOGUE, NATIONAL, NOW, STATEMENT, YES, Prepared, Room
from tests.rooms.response.test_incident_mode import ARREST, begin, coordinate, plan
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.response import services as response
from verband.rooms.response.lacking import LacksError
from verband.rooms.response.models import Case, Option
from verband.rooms.risk.watch import scope

pytestmark = pytest.mark.django_db
BARE = dict.fromkeys(("proportionality", "alternative", "chances", "risks", "indicator", "observe_on"), "")


@pytest.mark.requirement("P2")
@pytest.mark.requirement("P11")
@pytest.mark.requirement("P15")
@pytest.mark.requirement("R031")
def test_everything_that_lacks_is_named_at_once_in_both_languages(room: Room) -> None:
    room.scope()
    case = room.case()
    package = room.package(case, room.option(case, STATEMENT | BARE | {"channel": "nato", "eu_type": ""}))

    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", {"reason": "Please decide."})

    keys = [one.key for one in caught.value.lacks["en"]]
    assert keys == [
        "dialogue",
        "milder",
        "proportionality",
        "alternative",
        "option_chances",
        "option_risks",
        "indicators",
        "allied",
        "chances",
        "risks",
        "single_area",
    ]
    assert "talks and dialogue as an option of this case; a milder option" in caught.value.message("en")
    assert "gesprek en dialoog als optie in deze zaak" in caught.value.message("nl")
    assert room.state(package) == "prepared"


@pytest.mark.requirement("P2")
@pytest.mark.parametrize("left_out", ["proportionality", "alternative"])
def test_an_option_without_note_or_alternative_is_not_laid_before(
    left_out: str, room: Room, prepared: Prepared
) -> None:
    bare = room.option(prepared.case, STATEMENT | {left_out: "", "what": "Say it another way"})
    package = room.package(prepared.case, bare)

    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", ADVICE)

    assert [one.key for one in caught.value.lacks["en"]] == [left_out]


@pytest.mark.requirement("P7")
@pytest.mark.requirement("R031")
def test_national_only_needs_reasons_and_they_stand_in_the_text_of_the_decision(room: Room, prepared: Prepared) -> None:
    package = prepared.competent

    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", ADVICE)
    room.move(package, "advise", "bo", ADVICE | NATIONAL)
    decided = room.move(package, "decide", "officer", YES)

    assert (caught.value.code, caught.value.params["field"]) == ("response.lacks", "national_reasons")
    assert "Nationally only, because: Prosecution is national by its own law." in response.decision_text(decided, "en")
    assert "Alleen nationaal, omdat: Prosecution" in response.decision_text(decided, "nl")


@pytest.mark.requirement("P11")
def test_without_dialogue_in_the_offered_set_nothing_is_laid_before(room: Room, prepared: Prepared) -> None:
    response.withdraw_option(prepared.options["dialogue"].key, reason="Closed", who=room.who("ann"), now=NOW)

    with pytest.raises(LacksError) as caught:
        room.move(prepared.competent, "advise", "bo", ADVICE | NATIONAL)

    assert [one.key for one in caught.value.lacks["en"]] == ["dialogue", "milder"]


@pytest.mark.requirement("P15")
@pytest.mark.parametrize("part", ["chances", "risks"])
def test_an_advice_with_an_empty_part_is_refused(part: str, room: Room, prepared: Prepared) -> None:
    with pytest.raises(LacksError) as caught:
        room.move(prepared.political, "advise", "bo", ADVICE | {part: "  "})

    assert (caught.value.params["field"], room.state(prepared.political)) == (part, "prepared")


@pytest.mark.requirement("R110")
def test_an_option_without_a_downside_is_refused(room: Room, prepared: Prepared) -> None:
    with pytest.raises(InputError) as caught:
        room.option(prepared.case, DIALOGUE | {"what": "Talk", "downside": " "})

    assert (caught.value.code, caught.value.params["field"]) == ("response.downside", "downside")


@pytest.mark.requirement("R035")
def test_an_option_through_the_eu_has_exactly_one_type_and_others_have_none(room: Room, prepared: Prepared) -> None:
    codes = []
    for channel, eu_type in (("eu", ""), ("nato", "support"), ("eu", "two")):
        with pytest.raises(InputError) as caught:
            room.option(prepared.case, STATEMENT | {"what": "Again", "channel": channel, "eu_type": eu_type})
        codes.append((caught.value.code, caught.value.params["field"]))

    assert codes == [
        ("response.eu_type", "eu_type"),
        ("response.no_eu_type", "eu_type"),
        ("response.word", "eu_type"),
    ]


@pytest.mark.requirement("P17")
def test_an_own_instrument_needs_a_name_a_gate_and_why_the_existing_ones_do_not_do(
    room: Room, prepared: Prepared
) -> None:
    own = DIALOGUE | {"instrument": "own", "own_name": "A joint desk", "own_gate": "political", "why_new": ""}
    own |= {"own_legal_basis": "Article 1 of an example act"}

    with pytest.raises(InputError) as caught:
        room.option(prepared.case, own)
    made = room.option(prepared.case, own | {"why_new": "No desk takes both kinds of report."})

    assert (caught.value.code, caught.value.params["field"]) == ("response.why_new", "why_new")
    assert (made.own_name, made.gate) == ("A joint desk", "political")


@pytest.mark.requirement("R029")
def test_every_option_has_a_goal_and_a_theory_and_a_package_without_both_goals_is_warned_of(
    room: Room, prepared: Prepared
) -> None:
    who, case = room.who("ann"), response.case(prepared.case.key, room.who("ann"))
    one = room.package(prepared.case, prepared.options["statement"], title="One goal")

    cautions = {key: response.package(key, case, who, now=NOW).cautions for key in (one.key, prepared.political.key)}

    assert cautions == {one.key: ("one_goal",), prepared.political.key: ()}
    for left_out in ("theory", "what", "owner", "reaction", "source"):
        with pytest.raises(InputError) as caught:
            room.option(prepared.case, DIALOGUE | {left_out: ""})
        assert caught.value.params["field"] == left_out
    with pytest.raises(InputError) as caught:
        response.add_option(prepared.case.key, DIALOGUE, goals=[], who=who, now=NOW)
    assert caught.value.params["field"] == "goals"


@pytest.mark.requirement("R003")
def test_an_empty_draft_reopened_or_negative_scope_test_blocks_options_packages_and_moves(room: Room) -> None:
    case = room.case()
    blocked = []
    with pytest.raises(InputError) as caught:
        room.option(case, DIALOGUE)
    blocked.append(caught.value.code)
    room.scope("neither")
    with pytest.raises(InputError) as caught:
        room.option(case, DIALOGUE)
    blocked.append(caught.value.code)
    view = response.case(case.key, room.who("ann"))

    assert blocked == ["response.scope"] * 2
    assert (view.handed_over, view.scope.owner) == (True, "The ministry that owns the file")
    scope.reopen(room.incident, reasons="New facts", who=room.who("bo"), now=NOW)
    assert not response.case(case.key, room.who("ann")).handed_over
    room.scope("other_public_interest")
    assert room.option(case, DIALOGUE).key


@pytest.mark.requirement("R003")
def test_a_scope_test_that_is_reopened_stops_advice_yes_and_execution_but_not_no(
    room: Room, prepared: Prepared
) -> None:
    room.move(prepared.political, "advise", "bo", ADVICE)
    scope.reopen(room.incident, reasons="New facts", who=room.who("bo"), now=NOW)

    for action, name, package in (("decide", "min", prepared.political), ("advise", "bo", prepared.competent)):
        with pytest.raises(InputError) as caught:
            room.move(package, action, name, ADVICE | NATIONAL | YES)
        assert caught.value.code == "response.scope"
    assert room.move(prepared.political, "decide", "min", YES | {"outcome": "no"}).state == "decided_no"


@pytest.mark.requirement("P14")
def test_a_case_of_one_policy_area_is_challenged_and_shows_the_others_as_asked_or_not(room: Room) -> None:
    room.scope()
    case = room.case()
    room.ask(case, "justice")
    response.ask_area(
        case.key, {"area": "economy", "answer": "asked", "text": "", "party": "ministry"}, who=room.who("ann"), now=NOW
    )
    package = room.package(case, room.option(case, DIALOGUE))
    view = response.case(case.key, room.who("ann"))

    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", ADVICE)

    assert view.single_area
    assert (view.areas_in("answered"), view.areas_in("asked")) == (("justice",), ("economy",))
    assert len(view.areas_in("not_asked")) == len(view.areas) - 2
    assert [one.key for one in caught.value.lacks["en"]] == ["single_area"]
    room.ask(case, "foreign_affairs")
    assert room.move(package, "advise", "bo", ADVICE).state == "advised"


def test_a_case_needs_an_origin_that_its_reader_may_see_and_is_never_marked_below_it(room: Room) -> None:
    with pytest.raises(NotFoundError) as caught:
        room.case(origin="incident--00000000-0000-4000-8000-000000000001")
    assert caught.value.code == "watch.no_subject"
    room.scope()
    scope.reopen(room.incident, reasons="New", who=room.who("bo"), now=NOW)
    values = {"step": "reasoned", "outcome": "actual", "route": "direct", "reasons": "More", "marking": "GREEN"}
    scope.write(room.incident, values, who=room.who("ann"), now=NOW.replace(hour=10))

    with pytest.raises(InputError) as low:
        room.case(marking="CLEAR")

    assert low.value.code == "response.below_base"
    assert room.case().marking.tlp == "GREEN"


@pytest.mark.parametrize("origin", ["scenario", "gap"])
def test_a_scenario_and_a_gap_can_be_the_origin_with_a_scope_test_of_their_own(origin: str, room: Room) -> None:
    from verband.language.markings import Marking
    from verband.rooms.risk.scenarios import describing

    who = room.who("ann")
    describing.draft(
        "grid-down",
        title_nl="Stroom weg",
        title_en="Power out",
        text="It happens.",
        theme="vital_infrastructure",
        interests=["economic_security"],
        marking=Marking("GREEN"),
        who=who,
        now=NOW,
    )
    subject = {"scenario": "scenario--grid-down", "gap": "gap--economic_security--digital_threats"}[origin]
    room.scope(subject=subject)
    case = room.case(origin=subject)

    view = response.case(case.key, who)

    assert view.subject is not None
    assert (view.subject.kind, view.blocked) == (origin, False)
    assert case.marking.tlp == ("GREEN" if origin == "scenario" else "CLEAR")
    assert view.subject.name("en") in ("Power out", "economic security × Tackling digital threats")


def test_an_option_is_replaced_and_never_changed_and_a_prepared_package_follows(room: Room, prepared: Prepared) -> None:
    from verband.rooms.response import services

    old = prepared.options["statement"]
    made = services.replace_option(
        old.key, STATEMENT | {"what": "Say it later"}, goals=["deter"], who=room.who("ann"), now=NOW
    )
    view = services.package(
        prepared.political.key, services.case(prepared.case.key, room.who("ann")), room.who("ann"), now=NOW
    )

    assert Option.objects.get(pk=old.pk).withdrawn_reason == f"replaced by {made.key}"
    assert Option.objects.get(pk=old.pk).what == old.what
    assert [one.text for one in made.indicators.all()] == ["Statements of other governments"]
    assert [one.key for one in view.options if one.row.instrument != "dialogue"] == [made.key]


def test_a_case_with_an_open_package_is_not_withdrawn(room: Room, prepared: Prepared) -> None:
    with pytest.raises(InputError) as caught:
        response.withdraw_case(prepared.case.key, reason="Over", who=room.who("ann"), now=NOW)
    for package in (prepared.political, prepared.competent):
        room.move(package, "withdraw", "ann", {"reason": "Over"})
    response.withdraw_case(prepared.case.key, reason="Over", who=room.who("ann"), now=NOW)

    assert caught.value.code == "response.packages_open"
    assert Case.objects.get().withdrawn_reason == "Over"
    with pytest.raises(InputError):
        room.option(prepared.case, CHARGES)


def test_what_leads_to_a_person_is_refused_in_every_text(room: Room, prepared: Prepared) -> None:
    for values in ({"what": "Write to someone@example.org"}, {"downside": "Call 06-12345678"}):
        with pytest.raises(InputError) as caught:
            room.option(prepared.case, DIALOGUE | values)
        assert caught.value.code == "people.contact"
    with pytest.raises(InputError):
        room.move(prepared.political, "advise", "bo", ADVICE | {"reason": "Ask someone@example.org"})


@pytest.mark.requirement("P4")
@pytest.mark.parametrize("name", ["min", "olga", "root", "des"])
def test_who_has_no_power_to_prepare_writes_nothing(name: str, room: Room, prepared: Prepared) -> None:
    who, before = room.who(name), Option.objects.count()

    for act in (
        lambda: response.open_case(
            CASE | {"origin": room.incident}, aims=["stop"], accents=["generic"], who=who, now=NOW
        ),
        lambda: response.add_option(prepared.case.key, DIALOGUE, goals=["stop"], who=who, now=NOW),
        lambda: response.make_package(
            prepared.case.key, {"title": "x"}, option_keys=[prepared.options["dialogue"].key], who=who, now=NOW
        ),
    ):
        with pytest.raises(RefusedError):
            act()

    assert (Option.objects.count(), Case.objects.count()) == (before, 1)


def test_an_attempt_to_name_a_way_to_a_person_is_in_the_log_where_several_rows_would_be_kept_at_once(
    room: Room, prepared: Prepared
) -> None:
    mode = begin(room)
    coordinate(room, mode)
    mail = "Ask someone@example.org"
    attempts = (
        lambda: room.package(prepared.case, prepared.options["dialogue"], title=mail),
        lambda: room.option(prepared.case, DIALOGUE | {"what": mail}),
        lambda: room.option(prepared.case, DIALOGUE | {"indicator": mail}),
        lambda: begin(room, title=mail),
        lambda: plan(room, mode, ARREST | {"what": mail}),
    )

    for number, attempt in enumerate(attempts, start=1):
        with pytest.raises(InputError) as caught:
            attempt()
        assert caught.value.code == "people.contact"
        assert len([entry for entry in audit.entries(action="refused") if "person" in entry.object]) == number
