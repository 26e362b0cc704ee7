"""What two editions say, and what differs: matched by actor as stated, domain and a common interest."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import reader
from tests.rooms.risk.cycle.conftest import FIRST, NOW, SECOND, said
from verband.language.errors import InputError, NotFoundError
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle

ROWS = (
    said("A1", "Eerste", certainty_as_stated="very probable"),
    said("A2", "Eerste", actor_en="Bravia", domain="cyber"),
    said("A3", "Eerste", actor_en="Corland", interests=("territorial_security",)),
    said("A4", "Eerste", actor_en="Dorin"),
    said("B1", "Tweede", certainty_as_stated="possible"),
    said("B2", "Tweede", actor_en="Bravia", domain="cyber", interests=("economic_security", "physical_security")),
    said("B3", "Tweede", actor_en="Corland"),
    said("B4", "Tweede", actor_en="Dorin", domain="cyber"),
    said("X1", "Derde"),
)


def keys(found: cycle.Difference) -> dict[str, list[tuple[str, ...]]]:
    return {
        "added": [(view.key,) for view in found.added],
        "changed": [(pair.earlier.key, pair.later.key, *pair.differs) for pair in found.changed],
        "alike": [(pair.earlier.key, pair.later.key) for pair in found.alike],
        "not mentioned": [(view.key,) for view in found.not_mentioned],
    }


@pytest.mark.requirement("R008")
def test_statements_match_by_actor_domain_and_a_common_interest_and_the_rest_is_added_or_not_mentioned(
    texts: Reader,
) -> None:
    risk.load_statements(ROWS, who=texts, now=NOW)

    found = cycle.difference(FIRST, SECOND, texts)

    assert keys(found) == {
        "added": [("B3",), ("B4",)],
        "changed": [("A1", "B1", "certainty_as_stated")],
        "alike": [("A2", "B2")],
        "not mentioned": [("A3",), ("A4",)],
    }


@pytest.mark.requirement("R008")
def test_a_statement_of_another_text_belongs_to_no_edition(texts: Reader) -> None:
    risk.load_statements(ROWS, who=texts, now=NOW)

    assert [view.key for view in cycle.elsewhere(texts)] == ["X1"]
    assert [(one.edition.key, len(one.statements)) for one in cycle.assessments(texts)] == [(FIRST, 4), (SECOND, 4)]


@pytest.mark.requirement("P1")
def test_with_every_actor_called_otherwise_the_difference_is_the_same(texts: Reader) -> None:
    names = {"Aland": "Zedonia", "Bravia": "Aland", "Corland": "Bravia", "Dorin": "Yland"}
    risk.load_statements(ROWS, who=texts, now=NOW)
    before = keys(cycle.difference(FIRST, SECOND, texts))
    swapped = [said(row.key, row.place.source_nl, **_but(row, actor_en=names[row.actor_en])) for row in ROWS]
    risk.load_statements(swapped, who=texts, now=NOW)

    after = keys(cycle.difference(FIRST, SECOND, texts))

    assert after == before


@pytest.mark.requirement("P18")
def test_certainty_is_kept_in_the_words_of_the_source_and_case_alone_is_no_difference(texts: Reader) -> None:
    rows = [
        said("A1", "Eerste", certainty_as_stated="Zeer WAARSCHIJNLIJK niet"),
        said("B1", "Tweede", certainty_as_stated="zeer waarschijnlijk niet"),
    ]
    risk.load_statements(rows, who=texts, now=NOW)

    found = cycle.difference(FIRST, SECOND, texts)

    assert [pair.earlier.certainty_as_stated for pair in found.alike] == ["Zeer WAARSCHIJNLIJK niet"]


def test_a_reader_below_the_marking_sees_neither_the_statement_nor_its_pair(texts: Reader) -> None:
    rows = [said("A1", "Eerste", marking="AMBER"), said("A2", "Eerste", actor_en="Bravia"), said("B1", "Tweede")]
    risk.load_statements(rows, who=texts, now=NOW)

    found = cycle.difference(FIRST, SECOND, reader(tlp="CLEAR"))

    assert keys(found)["added"] == [("B1",)]
    assert found.marking.tlp == "CLEAR"
    assert cycle.difference(FIRST, SECOND, texts).marking.tlp == "AMBER"


@pytest.mark.parametrize(
    ("pair", "error", "code"),
    [
        (("no-such", SECOND), NotFoundError, "cycle.unknown_edition"),
        ((FIRST, "next-analysis"), NotFoundError, "cycle.unknown_edition"),
        ((FIRST, FIRST), InputError, "cycle.same"),
    ],
)
def test_an_unknown_edition_one_without_statements_or_the_same_twice_is_refused(
    pair: tuple[str, str], error: type[Exception], code: str, texts: Reader
) -> None:
    risk.load_statements(ROWS, who=texts, now=NOW)

    with pytest.raises(error) as refused:
        cycle.difference(*pair, texts)

    assert getattr(refused.value, "code", "") == code


def test_without_two_editions_there_is_no_newest_pair(analyst: Reader) -> None:
    with pytest.raises(NotFoundError) as refused:
        cycle.newest_two(analyst)

    assert refused.value.code == "cycle.no_edition"


def _but(row: risk.StatementRow, **fields: object) -> dict[str, object]:
    kept = ("interests", "domain", "certainty_as_stated", "place")
    return {**{name: getattr(row, name) for name in kept}, **fields}
