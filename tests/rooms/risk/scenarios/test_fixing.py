"""What a scenario rests on, its editions, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation

from tests.rooms.risk.scenarios.conftest import KEY, NOW, give_all
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError, StateError
from verband.language.markings import Marking
from verband.rooms.audit.models import Entry
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import Fixing, ScenarioLink
from verband.rooms.risk.scenarios import assessing, describing, edition_words, fixing, sessions

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def scored(author: Reader, experts: list[Reader], first_round: None) -> Reader:
    """The author of a scenario that a closed session agreed about."""
    for one in experts:
        give_all(one, "B-C-D")
    for _ in range(3):
        sessions.go_on(KEY, who=author, now=LATER)
    for criterion in sessions.criteria(describing.scenario(KEY, author, now=NOW).method):
        sessions.agree(KEY, criterion, lower="B", expected="C", upper="D", text="so", who=author, now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)
    return author


def challenged(author: Reader, other: Reader) -> None:
    """Somebody else held something against it, and it was answered."""
    describing.challenge(KEY, text="What of repair ships?", who=other, now=LATER)
    view = describing.scenario(KEY, author, now=LATER)
    describing.answer(KEY, view.challenges[0].pk, text="There is one.", who=author, now=LATER)


@pytest.mark.requirement("R005")
def test_a_scenario_is_drafted_scored_challenged_and_then_fixed(scored: Reader, experts: list[Reader]) -> None:
    states = [fixing.state(describing.scenario(KEY, scored, now=LATER), scored)]
    challenged(scored, experts[0])
    states.append(fixing.state(describing.scenario(KEY, scored, now=LATER), scored))
    fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    states.append(fixing.state(describing.scenario(KEY, scored, now=LATER), scored))

    assert states == ["scored", "challenged", "fixed"]


def test_it_is_not_fixed_before_somebody_else_challenged_it(scored: Reader) -> None:
    with pytest.raises(RefusedError, match="yourself"):
        describing.challenge(KEY, text="fine", who=scored, now=LATER)
    with pytest.raises(InputError, match="challenged"):
        fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    assert not Fixing.objects.exists()


def test_a_scenario_that_nobody_scored_is_not_fixed(author: Reader) -> None:
    with pytest.raises(InputError, match="Nobody has scored"):
        fixing.fix(KEY, reason="yearly", who=author, now=NOW)


@pytest.mark.requirement("R005")
def test_an_edition_made_again_has_the_same_bytes_and_a_change_shows(scored: Reader, experts: list[Reader]) -> None:
    challenged(scored, experts[0])
    made = fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    view = describing.scenario(KEY, scored, now=LATER + timedelta(days=1))

    assert fixing.is_sound(made)
    assert fixing.made_again(view, made, scored) is True
    Fixing.objects.update(content={**made.content, "text": "something milder"})
    assert not fixing.is_sound(fixing.edition(view, made.number, scored))


def test_a_change_of_an_edition_is_refused_and_the_log_shows_the_attempt(scored: Reader, experts: list[Reader]) -> None:
    challenged(scored, experts[0])
    made = fixing.fix(KEY, reason="yearly", who=scored, now=LATER)

    row = Fixing.objects.get(number=made.number)
    row.content = {**row.content, "text": "something milder"}
    with pytest.raises(StateError, match="cannot be changed"):
        row.save()
    assert Entry.objects.filter(action="refused", object__contains=f"edition {made.number}").exists()


def test_editions_compare_to_what_changed_and_nothing_else(scored: Reader, experts: list[Reader]) -> None:
    challenged(scored, experts[0])
    fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    _link(scored, kind="dependency", text="One landing point (port authority, 2025)")
    view = describing.scenario(KEY, scored, now=LATER)

    found = fixing.difference(view, fixing.editions(view, scored), None, None, scored)

    assert [row["what"] for row in found.rows] == ["evidence"]
    (change,) = edition_words.changes(found.rows, view, "en")
    assert change.what == "What it rests on"
    assert any("One landing point (port authority, 2025)" in line for line in change.now)


def test_an_edition_is_read_in_words_and_no_key_of_ours_stands_in_it(scored: Reader, experts: list[Reader]) -> None:
    challenged(scored, experts[0])
    made = fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    view = describing.scenario(KEY, scored, now=LATER)

    with translation.override("nl"):
        rows = edition_words.rows(made.content, view, "nl")

    said = {row.what: row.said for row in rows}
    labels = catalogue("interests").labels("nl")
    assert said["Belangen"] == tuple(labels[key] for key in view.interests)
    assert all(row.what and row.said for row in rows)
    assert not {row.what for row in rows} & {*made.content, *(part["criterion"] for part in made.content["parts"])}


def test_without_a_measure_the_impact_is_what_its_link_says(scored: Reader) -> None:
    _link(scored, kind="dependency", text="no measure", without={"2.1": "E"})
    view = describing.scenario(KEY, scored, now=LATER)
    assert view.links[0].without == {}

    measured = ScenarioLink.objects.get()
    measured.kind, measured.without = "measure", {"2.1": "E", "likelihood": "E"}
    measured.save()
    found = assessing.risk(describing.scenario(KEY, scored, now=LATER), scored)

    assert found is not None
    ((_link_view, without),) = found.without
    assert without.impact_median > found.box.impact_median
    assert without.chance_low >= 0.5


def test_evidence_ages_and_says_so(author: Reader) -> None:
    _link(author, kind="dependency", text="A count (2025)", observed_on="2026-05-01", valid_until="2026-06-15")

    young = describing.scenario(KEY, author, now=LATER).links[0]
    old = describing.scenario(KEY, author, now=NOW + timedelta(days=30)).links[0]

    assert (young.old, old.old) == (False, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "rumour"}, "scenario.link_kind"),
        ({"text": " "}, "scenario.empty"),
        ({"observed_on": "soon"}, "scenario.day"),
        ({"valid_until": "2020-01-01"}, "scenario.days_reversed"),
        ({"kind": "campaign", "ref": "no-such"}, "scenario.no_such"),
        ({"kind": "statement", "ref": "STM-999"}, "scenario.no_such"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(author: Reader, changes: dict[str, str], code: str) -> None:
    with pytest.raises((InputError, NotFoundError)) as refused:
        _link(author, **{"kind": "dependency", "text": "A count (2025)", **changes})

    assert refused.value.code == code
    assert describing.scenario(KEY, author, now=NOW).links == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": "two words"}, "scenario.key"),
        ({"key": "new"}, "scenario.key"),
        ({"title_en": "x" * 201}, "scenario.long"),
        ({"text": "\u200b \x00"}, "scenario.empty"),
        ({"key": KEY}, "scenario.taken"),
        ({"interests": []}, "scenario.empty"),
        ({"interests": ["world peace"]}, "catalogue.unknown_word"),
        ({"text": ""}, "scenario.empty"),
        ({"marking": Marking("RED")}, "risk.above_ceiling"),
    ],
)
def test_a_draft_that_lacks_something_is_refused(author: Reader, changes: dict[str, object], code: str) -> None:
    fields: dict[str, object] = {
        "key": "other",
        "title_nl": "Ander",
        "title_en": "Other",
        "text": "It happens.",
        "theme": "state_threats",
        "interests": ["economic_security"],
        "marking": Marking("GREEN"),
    }

    with pytest.raises((InputError, RefusedError)) as refused:
        describing.draft(**{**fields, **changes}, who=author, now=NOW)  # type: ignore[arg-type]

    assert refused.value.code == code


def test_a_key_that_is_taken_above_a_ceiling_tells_nothing(author: Reader, account: Callable[..., Reader]) -> None:
    low = account("low", tlp="CLEAR")
    fields = {"title_nl": "Ander", "title_en": "Other", "text": "It happens.", "theme": "state_threats"}

    made = describing.draft(KEY, **fields, interests=["economic_security"], marking=Marking("CLEAR"), who=low, now=NOW)

    assert made.key == f"{KEY}-2"


def test_who_objects_does_not_answer_and_the_same_is_not_fixed_twice(scored: Reader, experts: list[Reader]) -> None:
    describing.challenge(KEY, text="What of repair ships?", who=experts[0], now=LATER)
    number = describing.scenario(KEY, scored, now=LATER).challenges[0].pk

    with pytest.raises(RefusedError, match="yourself"):
        describing.answer(KEY, number, text="Never mind.", who=experts[0], now=LATER)
    describing.answer(KEY, number, text="There is one.", who=scored, now=LATER)
    fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    with pytest.raises(InputError, match="says the same"):
        fixing.fix(KEY, reason="again", who=scored, now=LATER)


def test_what_is_marked_above_an_edition_changes_nothing_of_it(
    scored: Reader, experts: list[Reader], account: Callable[..., Reader]
) -> None:
    challenged(scored, experts[0])
    made = fixing.fix(KEY, reason="yearly", who=scored, now=LATER)
    _link(scored, kind="dependency", text="Known to few (2025)", marking=Marking("AMBER"))
    ScenarioLink.objects.update(said_at=int(LATER.timestamp()) - 60)
    view = describing.scenario(KEY, scored, now=LATER + timedelta(days=1))

    assert made.marking == Marking("GREEN")
    assert fixing.made_again(view, made, scored) is True


def test_what_lies_above_a_ceiling_is_not_there(author: Reader, account: Callable[..., Reader]) -> None:
    low = account("low", tlp="CLEAR")

    assert describing.scenarios(low, now=NOW) == []
    with pytest.raises(NotFoundError):
        describing.scenario(KEY, low, now=NOW)


def _link(who: Reader, **changes: object) -> None:
    fields: dict[str, object] = {"observed_on": "2026-05-01", "valid_until": "2027-05-01", **changes}
    describing.link(KEY, who=who, now=LATER, **fields)  # type: ignore[arg-type]
