"""The triangle: what counts where, which corners are missing, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.risk.conftest import NOW, incident, reader
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Marking
from verband.language.time import parse_time
from verband.rooms.audit import services as audit
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import CommitmentRow
from verband.rooms.risk import charts, services, themes
from verband.rooms.risk.triangle import place

UNTIL = int(NOW.timestamp())
ACT = CommitmentRow(
    key="COM-001",
    kind="law",
    title_nl="wet",
    title_en="act",
    owner="JenV",
    owner_basis="stated",
    accent="generic",
    theme="digital_threats",
    source_nl="Brief",
    source_en="Letter",
)


def gap_pairs(who: object) -> set[tuple[str, str]]:
    return {(cell.interest, cell.theme) for cell in services.gaps(who, now=NOW).pairs}  # type: ignore[arg-type]


@pytest.mark.requirement("R001")
def test_a_judgement_and_a_measure_take_the_gap_away_and_withdrawing_brings_it_back(store: Callable[..., None]) -> None:
    who = reader("assess", "upload")
    store(incident("a"))
    before = gap_pairs(who)

    measures.load([ACT], who=who, now=NOW)
    with_measure = services.triangle(who, now=NOW).cell("economic_security", "digital_threats").missing
    judged = services.judge(
        "economic_security",
        "digital_threats",
        text="Holds for a day.",
        evidence="Exercise of 2026",
        reason="Nobody had looked.",
        marking=Marking(),
        who=who,
        now=NOW,
    )
    after = gap_pairs(who)
    services.withdraw(judged.id, reason="The exercise was another one.", who=who, now=NOW)

    assert before == {("economic_security", "digital_threats"), ("economic_security", "state_threats")}
    assert with_measure == ("resilience",)
    assert after == {("economic_security", "state_threats")}
    assert gap_pairs(who) == before


@pytest.mark.requirement("R001", "R015")
def test_a_judgement_whose_evidence_has_expired_is_a_missing_corner_that_says_when(store: Callable[..., None]) -> None:
    who = reader("assess")
    store(incident("a"))
    services.judge(
        "economic_security",
        "digital_threats",
        text="Holds for a day.",
        evidence=[services.Evidence("Exercise", date(2026, 5, 1), date(2026, 6, 10))],
        reason="Nobody had looked.",
        marking=Marking(),
        who=who,
        now=NOW,
    )

    last, after = (
        services.triangle(who, now=NOW + timedelta(days=days)).cell("economic_security", "digital_threats")
        for days in (9, 10)
    )

    assert (last.missing, last.expired) == (("measure",), None)
    assert (after.missing, after.judgement, after.expired_on) == (("resilience", "measure"), None, date(2026, 6, 10))
    with translation.override("en"):
        assert "expired on 2026-06-10" in charts.missing_words(after)


@pytest.mark.requirement("R001")
def test_an_incident_without_an_interest_is_a_gap_of_its_own(store: Callable[..., None]) -> None:
    store(incident("a", interests=()))

    found = services.gaps(reader(), now=NOW)

    assert [view.name for view in found.incidents_without_interest] == ["Incident a"]
    assert len(found) == 1


@pytest.mark.requirement("R001")
def test_a_measure_without_a_threat_is_listed_apart_and_is_no_gap(store: Callable[..., None]) -> None:
    who = reader("upload")
    store(incident("old", "2019-05-03"))
    measures.load([ACT], who=who, now=NOW)

    found = services.gaps(who, now=NOW)

    assert [view.key for view in found.measures_without_threat] == ["MEA-001"]
    assert len(found) == 0


@pytest.mark.requirement("R002")
def test_the_triangle_has_the_six_interests_and_eleven_themes_in_their_order(store: Callable[..., None]) -> None:
    store(incident("a"))

    found = services.triangle(reader(), now=NOW)

    assert tuple(cell.interest for cell in found.interests) == catalogue("interests").keys()
    assert tuple(cell.theme for cell in found.themes) == catalogue("themes").keys()
    assert (len(found.interests), len(found.themes), len(found.cells)) == (6, 11, 66)


def test_the_spans_are_counted_back_from_now_and_only_what_happened_counts(store: Callable[..., None]) -> None:
    store(
        incident("new", "2026-05-03"),
        incident("last", "2024-07-03"),
        incident("told", "2026-05-04", event_type="disclosure"),
        incident("answer", "2026-05-05", event_type="response"),
        incident("old", "2020-05-03"),
        incident("to come", "2027-01-01"),
        incident("vague", "2025"),
    )

    cell = services.triangle(reader(), now=NOW).interest("economic_security")

    assert (cell.recent, cell.before, cell.unplaced, cell.in_all) == (2, 1, 1, 6)
    assert cell.means == (("phishing", 4),)


def test_months_in_which_the_whole_collection_is_silent_are_said_with_every_trend(store: Callable[..., None]) -> None:
    store(incident("a", "2025-12-20"), incident("b", "2026"))

    cells = services.triangle(reader(), now=NOW).interests

    assert {cell.trend.silent_months for cell in cells} == {5}


def test_a_day_counts_where_it_lies_and_a_month_only_where_it_lies_as_a_whole() -> None:
    assert place(parse_time("2025-06-01"), UNTIL) == "recent"
    assert place(parse_time("2025-05-31"), UNTIL) == "before"
    assert place(parse_time("2025-05"), UNTIL) == "before"
    assert place(parse_time("2025"), UNTIL) == "unplaced"
    assert place(parse_time("2025-05-31/2025-07-01"), UNTIL) == "before"
    assert place(parse_time("2024-05-31"), UNTIL) == "old"
    assert place(parse_time("2026-06-01"), UNTIL) == "old"
    assert place(None, UNTIL) == "old"


@pytest.mark.requirement("P9")
def test_a_judgement_needs_evidence_a_reason_and_the_power(store: Callable[..., None]) -> None:
    words = {"text": "t", "evidence": "e", "reason": "r"}

    for empty in words:
        with pytest.raises(InputError):
            services.judge(
                "economic_security",
                "cbrn",
                **(words | {empty: " "}),
                marking=Marking(),
                who=reader("assess"),
                now=NOW,
            )
    with pytest.raises(RefusedError):
        services.judge("economic_security", "cbrn", **words, marking=Marking(), who=reader(), now=NOW)
    with pytest.raises(RefusedError):
        services.judge("economic_security", "cbrn", **words, marking=Marking("RED"), who=reader("assess"), now=NOW)

    assert services.judgements(reader("assess", tlp="RED")) == []
    assert [entry.action for entry in audit.entries()] == ["refused"]


@pytest.mark.requirement("R019")
def test_a_lower_ceiling_sees_no_count_judgement_or_gap_of_what_lies_above_it(store: Callable[..., None]) -> None:
    store(incident("a"), incident("b", domain="airspace", interests=("territorial_security",), marking="AMBER"))
    high, low = reader("assess", tlp="AMBER"), reader("assess")
    judged = services.judge(
        "economic_security",
        "digital_threats",
        text="t",
        evidence="e",
        reason="r",
        marking=Marking("AMBER"),
        who=high,
        now=NOW,
    )

    seen = services.triangle(low, now=NOW)

    assert services.triangle(high, now=NOW).interest("territorial_security").recent == 1
    assert seen.interest("territorial_security").in_all == 0
    assert seen.cell("economic_security", "digital_threats").judgement is None
    assert seen.marking == Marking()
    assert services.triangle(high, now=NOW).cell("economic_security", "digital_threats").missing == ("measure",)
    with pytest.raises(NotFoundError):
        services.withdraw(judged.id, reason="r", who=low, now=NOW)


def test_a_withdrawn_judgement_still_stands_as_known_before(store: Callable[..., None]) -> None:
    who = reader("assess")
    judged = services.judge(
        "economic_security", "cbrn", text="t", evidence="e", reason="r", marking=Marking(), who=who, now=NOW
    )
    services.withdraw(judged.id, reason="r", who=who, now=datetime(2026, 6, 9, tzinfo=UTC))

    (then,) = services.judgements(who, known_on=UNTIL)
    (today,) = services.judgements(who)

    assert then.standing
    assert (today.standing, today.withdrawn_reason) == (False, "r")
    with pytest.raises(InputError):
        services.withdraw(judged.id, reason="again", who=who, now=NOW)


@given(st.sampled_from(catalogue("domains").keys()), st.lists(st.sampled_from(catalogue("interests").keys())))
def test_an_incident_of_every_known_domain_has_a_theme_of_the_catalogue(domain: str, interests: list[str]) -> None:
    found = themes.of_incident([domain], interests)

    assert found
    assert set(found) <= set(catalogue("themes").keys())


def test_a_cell_carries_the_marking_of_its_judgement_and_the_triangle_the_highest(store: Callable[..., None]) -> None:
    store(incident("a", "2026-05-03", domain="cyber"))
    who = reader("assess", tlp="AMBER")
    services.judge(
        "economic_security", "cbrn", text="t", evidence="e", reason="r", marking=Marking("AMBER"), who=who, now=NOW
    )

    amber, clear = services.triangle(who, now=NOW), services.triangle(reader(), now=NOW)

    assert amber.cell("economic_security", "cbrn").marking == Marking("AMBER")
    assert amber.marking == Marking("AMBER")
    assert clear.cell("economic_security", "cbrn").marking == clear.marking == Marking()
