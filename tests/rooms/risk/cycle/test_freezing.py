"""Frozen editions: the same records give the same digest, a change is refused, and the log shows the attempt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.rooms.risk.conftest import reader
from tests.rooms.risk.cycle.conftest import FIRST, LATER, NOW, SECOND, edition, fill, place, said
from verband.language.errors import InputError, NotFoundError, RefusedError, StateError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import freezing, review, strategies
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.saying import Place
from verband.rooms.risk.models import Fixing, FrozenEdition, Scenario, Statement
from verband.rooms.risk.scenarios import describing
from verband.rooms.risk.watch import trends

_WHERE = Place("Nota", "1", "2")


@pytest.fixture
def frozen(texts: Reader) -> Reader:
    """Both texts frozen: the letter with a statement, the review with every line."""
    risk.load_statements([said("A1", "Eerste"), said("B1", "Tweede")], who=texts, now=NOW)
    fill(FIRST, texts)
    for key in (FIRST, SECOND):
        cycle.freeze(key, reason="Sent to parliament", who=texts, now=NOW)
    return texts


@pytest.mark.requirement("R004")
@pytest.mark.requirement("R007")
def test_made_again_from_the_same_records_an_edition_has_the_same_digest(frozen: Reader) -> None:
    remade = [cycle.remake(key, 1, frozen) for key in (FIRST, SECOND)]

    assert [one.same for one in remade] == [True, True]
    assert [one.differs for one in remade] == [(), ()]
    assert len({one.sha256 for one in remade}) == 2


@pytest.mark.requirement("R004")
def test_a_frozen_analysis_and_scan_refuse_a_product_and_keep_their_digest(analyst: Reader) -> None:
    cycle.load_editions([edition("gra", "analysis"), edition("scan", "scan")], who=analyst, now=NOW)
    made = [cycle.freeze(key, reason="Fixed", who=analyst, now=NOW) for key in ("gra", "scan")]

    for key in ("gra", "scan"):
        with pytest.raises(RefusedError):
            cycle.deliver(cycle.edition(key, analyst).products[0].id, evidence="Here", who=analyst, now=LATER)

    assert [cycle.remake(one.edition, 1, analyst).same for one in made] == [True, True]


@pytest.mark.requirement("R005")
@pytest.mark.requirement("R006")
def test_an_analysis_holds_what_was_fixed_and_a_scan_the_trends_known_when_it_was_frozen(analyst: Reader) -> None:
    cycle.load_editions([edition("gra", "analysis"), edition("scan", "scan")], who=analyst, now=NOW)
    _fixed("before", analyst, NOW)
    _trend("Seen before", analyst, NOW)
    made = [cycle.freeze(key, reason="Fixed", who=analyst, now=NOW) for key in ("gra", "scan")]
    _fixed("after", analyst, LATER)
    _trend("Seen after", analyst, LATER)

    analysis, scan = (json.loads(freezing.read(one.edition, 1, analyst)) for one in made)

    assert [one["scenario"] for one in analysis["scenarios"]] == ["before"]
    assert [one["title"] for one in scan["trends"]] == ["Seen before"]
    assert [cycle.remake(one.edition, 1, analyst).same for one in made] == [True, True]


def _fixed(key: str, who: Reader, now: datetime) -> None:
    """A scenario with a fixed edition; what it holds does not matter here."""
    describing.draft(
        key,
        title_nl=key,
        title_en=key,
        text="It happens.",
        theme="state_threats",
        interests=["economic_security"],
        marking=Marking(),
        who=who,
        now=now,
    )
    Fixing.objects.create(
        scenario=Scenario.objects.get(key=key),
        number=1,
        content={"scenario": key},
        sha256="0" * 64,
        reason="yearly",
        fixed_by=who.signature,
        fixed_at=int(now.timestamp()),
        marking=markings.row(Marking()),
    )


def _trend(title: str, who: Reader, now: datetime) -> None:
    scan = trends.open_scan({"title": f"Scan of {title}", "marking": "CLEAR"}, who=who, now=now)
    values = {
        "scan": str(scan.pk),
        "theme": "state_threats",
        "title": title,
        "text": "More of it.",
        "source": "A paper",
    }
    trends.add({**values, "horizon": "short", "observed": "2021", "marking": "CLEAR"}, who=who, now=now)


_CHANGES: dict[str, Callable[[Reader], object]] = {
    "a statement that says something else": lambda who: risk.load_statements(
        [said("B1", "Tweede", certainty_as_stated="certain")], who=who, now=LATER
    ),
    "a statement that is new in the text": lambda who: risk.load_statements([said("B2", "Tweede")], who=who, now=LATER),
    "a statement moved to another text": lambda who: risk.load_statements([said("B1", "Derde")], who=who, now=LATER),
    "a part of a theme": lambda who: risk.load_theme_texts(
        [risk.ThemeTextRow(theme="cbrn", edition=FIRST, part="threat", text="More", place=place())], who=who, now=LATER
    ),
    "a line of the review": lambda who: review.write(
        FIRST,
        cycle.Slot("introduction"),
        text="More",
        language="en",
        verdict="",
        place=_WHERE,
        marking="",
        who=who,
        now=LATER,
    ),
    "a loaded line of the review": lambda who: cycle.load_lines(
        [cycle.LineRow(edition=FIRST, part="conclusion", text="More", place=place())], who=who, now=LATER
    ),
    "the edition itself": lambda who: cycle.load_editions(
        [edition(FIRST, "review", title_en="Otherwise", own_text_nl="Eerste")], who=who, now=LATER
    ),
    "a product": lambda who: cycle.add_product(FIRST, title="Annex", who=who, now=LATER),
    "a second time": lambda who: cycle.freeze(FIRST, reason="Again", who=who, now=LATER),
}


@pytest.mark.requirement("R007")
@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_after_freezing_is_refused_and_the_log_shows_the_attempt(change: str, frozen: Reader) -> None:
    with pytest.raises(RefusedError) as refused:
        _CHANGES[change](frozen)

    attempt = next(audit.entries(action="change of a frozen edition refused"))
    assert refused.value.code == "cycle.frozen"
    assert attempt.actor == frozen.signature
    assert json.loads(attempt.detail)["number"] == 1
    assert all(cycle.remake(key, 1, frozen).same for key in (FIRST, SECOND))


def test_a_line_of_a_frozen_review_cannot_be_withdrawn(frozen: Reader) -> None:
    line = cycle.review(FIRST, frozen).lines[0]
    assert line.stamp is not None

    with pytest.raises(RefusedError):
        review.withdraw(line.stamp.number, reason="Wrong", who=frozen, now=LATER)


def test_a_goal_of_a_frozen_strategy_cannot_be_added(analyst: Reader) -> None:
    cycle.load_editions([edition("plan", "strategy")], who=analyst, now=NOW)
    cycle.freeze("plan", reason="Adopted", who=analyst, now=NOW)

    with pytest.raises(RefusedError):
        strategies.add_goal(
            "plan", text="More", language="en", theme="", place=_WHERE, marking="", who=analyst, now=LATER
        )


def test_the_same_rows_loaded_again_are_no_change(frozen: Reader) -> None:
    assert risk.load_statements([said("B1", "Tweede")], who=frozen, now=LATER) == 0


def test_withdrawn_it_can_be_mended_and_frozen_anew_and_the_first_stays_readable(frozen: Reader) -> None:
    first = cycle.frozen(SECOND, frozen)[0].sha256
    freezing.withdraw(SECOND, 1, reason="A line was wrong", who=frozen, now=LATER)
    risk.load_statements([said("B1", "Tweede", certainty_as_stated="certain")], who=frozen, now=LATER)

    second = cycle.freeze(SECOND, reason="Mended", who=frozen, now=LATER)
    old = cycle.remake(SECOND, 1, frozen)

    assert (second.number, second.sha256 == first) == (2, False)
    assert (old.same, old.differs) == (False, ("statements",))
    assert json.loads(cycle.read(SECOND, 1, frozen))["statements"][0]["certainty_as_stated"] == "probable"
    assert [one.stamp.standing for one in cycle.frozen(SECOND, frozen)] == [True, False]


def test_content_altered_in_the_database_is_told(frozen: Reader) -> None:
    FrozenEdition.objects.filter(edition__key=SECOND).update(content="{}")

    with pytest.raises(StateError) as refused:
        cycle.remake(SECOND, 1, frozen)

    assert refused.value.code == "cycle.tampered"


def test_records_altered_in_the_database_show_when_it_is_made_again(frozen: Reader) -> None:
    Statement.objects.filter(key="B1").update(certainty_as_stated="certain")

    remade = cycle.remake(SECOND, 1, frozen)

    assert (remade.same, remade.differs) == (False, ("statements",))


@pytest.mark.requirement("P5")
def test_a_frozen_edition_carries_the_marking_of_its_content_and_depends_on_nothing_above_it(texts: Reader) -> None:
    risk.load_statements([said("A1", "Eerste"), said("B1", "Tweede", marking="GREEN")], who=texts, now=NOW)
    low = reader("assess", tlp="CLEAR")
    risk.load_statements([said("B2", "Tweede")], who=texts, now=NOW)

    made = cycle.freeze(SECOND, reason="For everyone", who=low, now=NOW)
    again = cycle.remake(SECOND, made.number, texts)

    assert made.stamp.marking.tlp == "CLEAR"
    assert again.same
    freezing.withdraw(SECOND, made.number, reason="x", who=texts, now=NOW)
    cycle.freeze(SECOND, reason="With the rest", who=texts, now=NOW)
    with pytest.raises(NotFoundError):
        cycle.remake(SECOND, 2, low)


@pytest.mark.requirement("R007")
def test_a_review_with_an_empty_part_is_not_frozen(texts: Reader) -> None:
    fill(FIRST, texts, but=cycle.Slot("verdict", "cbrn"))

    with pytest.raises(InputError, match="Countering CBRN threats: verdict on the approach"):
        cycle.freeze(FIRST, reason="Sent", who=texts, now=NOW)


@pytest.mark.parametrize(("key", "reason"), [("no-such", "x"), (FIRST, " ")])
def test_an_unknown_edition_or_no_reason_is_refused(key: str, reason: str, texts: Reader) -> None:
    with pytest.raises((NotFoundError, InputError)):
        cycle.freeze(key, reason=reason, who=texts, now=NOW)
