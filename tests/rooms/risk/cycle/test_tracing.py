"""Findings and answers: nothing is answered until a person says so, and every unanswered finding is counted."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import reader
from tests.rooms.risk.cycle.conftest import FIRST, LATER, NOW, SECOND, commitment, place, said
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.measures import services as measures
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle import tracing

STATEMENTS = (
    said("A1", "Eerste"),
    said("A2", "Eerste", actor_en="Bravia", place=place("Eerste", section="2. Kennis")),
    said("B1", "Tweede", domain="information", theme="cbrn"),
)


@pytest.fixture
def stated(texts: Reader) -> Reader:
    """Three findings and four commitments, two of which are a measure."""
    risk.load_statements(STATEMENTS, who=texts, now=NOW)
    rows = [
        commitment("COM-1"),
        commitment("COM-2", "letter", section="2b"),
        commitment("COM-3", source_nl="Tweede", section="9", theme="cbrn", accent="democratic_processes"),
        commitment("COM-4", "letter", source_nl="Tweede", section="9"),
    ]
    measures.load(rows, who=texts, now=NOW)
    return texts


def answer(
    key: str, who: Reader, *, kind: str = "measure", target: str = "MEA-1", reason: str = "It forbids it"
) -> None:
    cycle.answer(key, kind=kind, target=target, reason=reason, marking="", who=who, now=NOW)


@pytest.mark.requirement("R009")
def test_every_finding_is_answered_explained_or_counted_as_unanswered(stated: Reader) -> None:
    before = cycle.counts(cycle.findings(stated))
    answer("A1", stated)
    answer("B1", stated, kind="not_answered", target="", reason="Belongs to another ministry")

    found = cycle.findings(stated)

    assert before == {"answered": 0, "explained": 0, "unanswered": 3}
    assert cycle.counts(found) == {"answered": 1, "explained": 1, "unanswered": 1}
    assert cycle.counts(cycle.findings(stated, edition=FIRST)) == {"answered": 1, "explained": 0, "unanswered": 1}
    assert cycle.by_theme(found)["cbrn"] == {"answered": 0, "explained": 1, "unanswered": 0}


@pytest.mark.requirement("R009")
def test_a_measure_that_answers_brings_the_commitment_that_it_comes_from(stated: Reader) -> None:
    answer("A1", stated)

    found = cycle.finding("A1", stated).answers[0]

    assert found.target is not None
    assert (found.target.key, [view.key for view in found.commitments]) == ("MEA-1", ["COM-1"])


@pytest.mark.requirement("P19")
def test_a_proposal_answers_nothing_until_a_person_confirms_it(stated: Reader) -> None:
    item, held = cycle.finding("A1", stated), cycle.promised(stated)

    proposed = [(one.target.key, one.rule) for one in cycle.proposals(item, held)]
    answer("A1", stated)
    after = [one.target.key for one in cycle.proposals(cycle.finding("A1", stated), held)]

    assert item.state == "unanswered"
    assert proposed == [("MEA-1", "section")]
    assert after == []


def test_rules_propose_the_same_section_with_its_letters_and_the_same_theme_and_accent(stated: Reader) -> None:
    held = cycle.promised(stated)
    proposed = {
        key: [(one.target.key, one.rule) for one in cycle.proposals(cycle.finding(key, stated), held)]
        for key in ("A2", "B1")
    }

    assert proposed == {"A2": [("COM-2", "section")], "B1": [("MEA-3", "theme_and_accent")]}


@pytest.mark.requirement("P1")
def test_what_is_proposed_does_not_depend_on_the_actor(stated: Reader) -> None:
    held = cycle.promised(stated)
    before = [one.target.key for one in cycle.proposals(cycle.finding("A1", stated), held)]
    risk.load_statements([said("A1", "Eerste", actor_en="Zedonia")], who=stated, now=LATER)

    after = [one.target.key for one in cycle.proposals(cycle.finding("A1", stated), held)]

    assert after == before != []


def test_a_withdrawn_answer_leaves_the_finding_unanswered_and_stays_in_the_history(stated: Reader) -> None:
    answer("A1", stated)
    number = cycle.finding("A1", stated).answers[0].stamp.number

    tracing.withdraw(number, reason="Another law", who=stated, now=LATER)
    item = cycle.finding("A1", stated)

    assert (item.state, [one.stamp.withdrawn_reason for one in item.history]) == ("unanswered", ["Another law"])
    assert cycle.finding("A1", stated, known_on=int(NOW.timestamp())).state == "answered"
    with pytest.raises(InputError) as twice:
        tracing.withdraw(number, reason="Again", who=stated, now=LATER)
    assert twice.value.code == "cycle.withdrawn"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": " "}, "cycle.empty"),
        ({"target": ""}, "cycle.empty"),
        ({"kind": "perhaps"}, "cycle.word"),
        ({"target": "MEA-none"}, "measures.unknown"),
        ({"kind": "commitment", "target": "COM-none"}, "measures.unknown"),
    ],
)
def test_an_answer_without_reason_target_or_known_kind_is_refused(
    values: dict[str, str], code: str, stated: Reader
) -> None:
    with pytest.raises((InputError, NotFoundError)) as refused:
        answer("A1", stated, **values)

    assert getattr(refused.value, "code", "") == code
    assert cycle.finding("A1", stated).state == "unanswered"


def test_an_answer_carries_the_marking_of_its_target_and_is_hidden_with_it(stated: Reader) -> None:
    measures.load([commitment("COM-9", marking="AMBER")], who=stated, now=NOW)
    answer("A1", stated, target="MEA-9")

    low = cycle.finding("A1", reader(tlp="CLEAR"))

    assert cycle.finding("A1", stated).answers[0].stamp.marking.tlp == "AMBER"
    assert (low.state, low.answers) == ("unanswered", ())


@pytest.mark.requirement("P4")
def test_who_may_not_assess_answers_nothing(stated: Reader) -> None:
    with pytest.raises(RefusedError):
        answer("A1", reader("read", tlp="AMBER"))


@pytest.mark.parametrize("key", ["no-such", "X1"])
def test_a_statement_of_no_edition_is_no_finding(key: str, stated: Reader) -> None:
    risk.load_statements([said("X1", "Derde")], who=stated, now=NOW)

    with pytest.raises(NotFoundError):
        cycle.finding(key, stated)
    assert {item.edition for item in cycle.findings(stated)} == {FIRST, SECOND}
