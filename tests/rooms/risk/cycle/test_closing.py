"""The board: terms, mandatory products, closing, and what is carried over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rooms.risk.conftest import reader
from tests.rooms.risk.cycle.conftest import FIRST, LATER, NOW, edition, said
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.editions import years_later
from verband.rooms.risk.cycle.saying import Place


@pytest.mark.parametrize(
    ("day", "due"),
    [("2019", "2022"), ("2019-06", "2022-06"), ("2019-06-07", "2022-06-07"), ("2020-02-29", "2023-02-28")],
)
def test_three_years_later_is_as_exact_as_the_day_was(day: str, due: str) -> None:
    assert years_later(day, 3) == due


@pytest.mark.requirement("R004")
def test_the_term_of_an_analysis_is_three_years_after_the_one_before(analyst: Reader) -> None:
    rows = [
        edition("old", "analysis", appeared=True, appeared_on="2016-05"),
        edition("last", "analysis", appeared=True, appeared_on="2019-06-07"),
        edition("new", "analysis", follows="last"),
    ]
    cycle.load_editions(rows, who=analyst, now=NOW)

    view = cycle.edition("new", analyst, now=NOW)

    assert (view.due_on, view.due_from, view.overdue) == ("2022-06-07", "last", True)
    assert not cycle.edition("new", analyst, now=datetime(2022, 1, 1, tzinfo=UTC)).overdue
    assert cycle.edition("last", analyst, now=NOW).due_on == ""
    assert cycle.board(cycle.editions(analyst))[0].next_due == "2022-06-07"


@pytest.mark.requirement("R004")
def test_closing_with_an_open_mandatory_product_is_refused_and_names_it(texts: Reader) -> None:
    cycle.load_editions([edition("following", "strategy", follows="next-analysis")], who=texts, now=NOW)

    with pytest.raises(InputError) as refused:
        cycle.close("next-analysis", reason="Done", who=texts, now=NOW)
    product = cycle.edition("next-analysis", texts).missing[0]
    cycle.deliver(product.id, evidence="Shelf 4", who=texts, now=NOW)
    closed = cycle.close("next-analysis", reason="Done", who=texts, now=LATER)

    assert refused.value.code == "cycle.product_open"
    assert "integrated risk analysis" in refused.value.message("en")
    assert (closed.closed, closed.closed_reason) == (True, "Done")
    assert not cycle.edition("next-analysis", texts, known_on=int(NOW.timestamp())).closed


@pytest.mark.requirement("R004")
def test_findings_that_are_open_when_a_phase_closes_stand_with_the_edition_that_follows(texts: Reader) -> None:
    rows = [said("A1", "Eerste"), said("A2", "Eerste", actor_en="Bravia")]
    risk.load_statements(rows, who=texts, now=NOW)
    cycle.answer("A1", kind="elsewhere", target="", reason="In a letter", marking="", who=texts, now=NOW)

    cycle.close(FIRST, reason="Sent", who=texts, now=NOW)
    cycle.answer("A2", kind="not_answered", target="", reason="Out of scope", marking="", who=texts, now=LATER)
    carried = cycle.carried(cycle.edition("next-analysis", texts), texts)

    assert [(one.edition.key, [item.statement.key for item in one.findings]) for one in carried] == [(FIRST, ["A2"])]
    assert carried[0].findings[0].state == "explained"


@pytest.mark.requirement("R004")
def test_a_phase_that_nothing_follows_is_not_closed(analyst: Reader) -> None:
    cycle.load_editions([edition("alone", "scan", appeared=True, appeared_on="2020")], who=analyst, now=NOW)

    with pytest.raises(InputError) as refused:
        cycle.close("alone", reason="Done", who=analyst, now=NOW)

    assert refused.value.code == "cycle.no_next"


def test_a_product_added_by_a_person_holds_the_phase_open(texts: Reader) -> None:
    cycle.add_product(FIRST, title="Annex with figures", who=texts, now=NOW)

    with pytest.raises(InputError, match="Annex with figures"):
        cycle.close(FIRST, reason="Sent", who=texts, now=NOW)


def test_what_was_delivered_or_closed_cannot_be_so_twice(texts: Reader) -> None:
    delivered = cycle.edition(FIRST, texts).products[0].id
    with pytest.raises(InputError) as twice:
        cycle.deliver(delivered, evidence="Here", who=texts, now=NOW)
    cycle.close(FIRST, reason="Sent", who=texts, now=NOW)
    with pytest.raises(InputError) as again:
        cycle.close(FIRST, reason="Sent", who=texts, now=NOW)

    assert (twice.value.code, again.value.code) == ("cycle.delivered", "cycle.closed")


def test_an_edition_is_opened_with_a_source_and_logged(analyst: Reader) -> None:
    def add(key: str, *, source: str = "Plan", due: str = "", follows: str = "") -> cycle.EditionView:
        where = Place(source, "2", "14")
        return cycle.add_edition(
            key=key, kind="scan", title="Scan", follows=follows, due=due, place=where, marking="", who=analyst, now=NOW
        )

    made = add("scan-2027", due="2027-03")

    assert (made.due_as_stated, [item.title_en for item in made.missing]) == ("2027-03", ["horizon scan"])
    assert next(audit.entries(action="edition added")).object == "edition scan-2027"
    for wrong, code in (
        ({"key": "scan-2027"}, "cycle.taken"),
        ({"key": "Scan 2028!"}, "cycle.word"),
        ({"key": ""}, "cycle.empty"),
        ({"key": "b", "source": " "}, "cycle.no_source"),
        ({"key": "c", "due": "someday"}, "time.unreadable"),
        ({"key": "d", "follows": "nothing-there"}, "cycle.word"),
    ):
        with pytest.raises(InputError) as refused:
            add(**wrong)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_editions_that_follow_each_other_in_a_ring_carry_over_without_end(analyst: Reader) -> None:
    rows = [edition("a", "scan", follows="b"), edition("b", "review", follows="a", own_text_nl="Eerste")]
    cycle.load_editions(rows, who=analyst, now=NOW)
    risk.load_statements([said("A1", "Eerste")], who=analyst, now=NOW)

    carried = cycle.carried(cycle.edition("a", analyst), analyst)

    assert [one.edition.key for one in carried] == ["b"]


@pytest.mark.requirement("P4")
def test_who_may_not_assess_neither_opens_nor_closes(texts: Reader) -> None:
    other = reader("read", tlp="AMBER")

    with pytest.raises(RefusedError):
        cycle.close(FIRST, reason="Sent", who=other, now=NOW)
    with pytest.raises(RefusedError):
        cycle.add_product(FIRST, title="X", who=other, now=NOW)


def test_an_edition_above_the_ceiling_is_not_there(analyst: Reader) -> None:
    cycle.load_editions([edition("hidden", "scan", marking="AMBER")], who=analyst, now=NOW)

    assert cycle.editions(reader(tlp="CLEAR")) == []
    with pytest.raises(NotFoundError):
        cycle.edition("hidden", reader(tlp="CLEAR"))


def test_loading_the_same_editions_again_changes_nothing(texts: Reader) -> None:
    again = edition(FIRST, "review", appeared=True, appeared_on="2021", own_text_nl="Eerste")

    assert cycle.load_editions([again], who=texts, now=LATER) == 0
    assert len(cycle.edition(FIRST, texts).products) == 1
