"""Resilience by interest and party: levels in words, evidence that ends, "unknown" without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.risk.conftest import NOW, reader
from tests.rooms.risk.watch.conftest import at, later
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.risk import services
from verband.rooms.risk.judging import Evidence, JudgementView
from verband.rooms.risk.models import ResilienceJudgement
from verband.rooms.risk.watch import profile
from verband.rooms.risk.watch.profile import Profile

TODAY = date(2026, 6, 1)
LEVELS = catalogue("resilience_levels").keys()


def judge(theme: str = "cbrn", **given: object) -> JudgementView:
    words: dict[str, object] = {"text": "t", "reason": "r", "level": "partly", "party": "business"}
    words |= {"evidence": [Evidence("Exercise", date(2026, 5, 2), date(2026, 6, 30))], "marking": Marking()}
    return services.judge(
        "economic_security", theme, **(words | given), who=reader("assess"), now=NOW  # type: ignore[arg-type]
    )  # fmt: skip


def cell(party: str = "business", *, days: int = 0, known_on: int | None = None) -> Profile:
    found = services.resilience(reader(), now=later(days), known_on=known_on)
    return next(one for one in found if (one.interest, one.party) == ("economic_security", party))


@pytest.mark.django_db
@pytest.mark.requirement("R015")
def test_every_interest_has_government_business_and_citizens_and_all_are_unknown_at_first() -> None:
    found = services.resilience(reader(), now=NOW)

    assert len(found) == 6 * 3
    assert {one.party for one in found} == {"government", "business", "citizens"}
    assert {(one.level, one.because) for one in found} == {("unknown", "nobody")}


@pytest.mark.django_db
@pytest.mark.requirement("R015")
def test_a_level_stands_with_the_age_of_its_evidence_and_is_unknown_the_day_after_it_ends() -> None:
    judge()

    now, last, after = cell(), cell(days=29), cell(days=30)

    assert (now.level, now.age_days, now.expires_on) == ("partly", 30, date(2026, 6, 30))
    assert (last.level, last.age_days) == ("partly", 59)
    assert (after.level, after.because, after.expired_on) == ("unknown", "expired", date(2026, 6, 30))


@pytest.mark.django_db
@pytest.mark.requirement("R015")
def test_as_known_on_a_day_the_evidence_counts_as_it_did_that_day() -> None:
    judge()

    assert cell(days=100).level == "unknown"
    assert cell(days=100, known_on=at(10)).level == "partly"
    assert cell(days=100, known_on=at(-1)).because == "nobody"


@pytest.mark.django_db
@pytest.mark.requirement("R015")
@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ([], "risk.empty"),
        ("", "risk.empty"),
        ([Evidence("Old test", date(2024, 1, 1), date(2025, 1, 1))], "risk.evidence_expired"),
        ([Evidence("A test to come", date(2026, 6, 2), date(2026, 7, 1))], "risk.evidence_later"),
    ],
)
def test_no_level_is_given_without_evidence_that_holds(evidence: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        judge(evidence=evidence)

    assert caught.value.code == code
    assert not ResilienceJudgement.objects.exists()


@pytest.mark.django_db
def test_the_weakest_theme_stands_for_the_whole_and_a_newer_judgement_in_front_of_an_older() -> None:
    judge("cbrn", level="strong")
    judge("digital_threats", level="sufficient")
    assert cell().level == "sufficient"

    judge("digital_threats", level="weak")

    assert (cell().level, [view.level for view in cell().held]) == ("weak", ["weak", "strong"])


@pytest.mark.django_db
def test_an_older_judgement_does_not_come_back_when_the_newer_one_ends() -> None:
    judge(level="strong", evidence=[Evidence("Long ago", date(2026, 1, 1), date(2027, 1, 1))])
    judge(level="weak")

    assert cell(days=40).because == "expired"


@pytest.mark.django_db
@pytest.mark.requirement("P13")
def test_a_judgement_keeps_the_version_of_the_list_of_levels() -> None:
    made = judge()

    row = ResilienceJudgement.objects.get(pk=made.id)

    assert row.level_version == catalogue("resilience_levels").version
    assert catalogue("resilience_levels").review_date.startswith("20")


DAYS = st.integers(-2000, 2000).map(lambda days: TODAY + timedelta(days=days))
ITEMS = st.builds(Evidence, st.just("e"), DAYS, st.one_of(st.none(), DAYS))


@st.composite
def judgements(draw: st.DrawFn) -> JudgementView:
    return JudgementView(
        id=draw(st.integers(1, 9)),
        interest="economic_security",
        theme=draw(st.sampled_from(catalogue("themes").keys())),
        text="t",
        evidence="e",
        reason="r",
        marking=Marking(),
        judged_by="ann",
        judged_at=0,
        standing=True,
        withdrawn_by="",
        withdrawn_at=None,
        withdrawn_reason="",
        party="business",
        level=draw(st.sampled_from(("", *LEVELS))),
        items=tuple(draw(st.lists(ITEMS, max_size=3))),
    )


@pytest.mark.requirement("R015")
@given(st.lists(judgements(), max_size=5), DAYS)
def test_without_evidence_that_holds_resilience_is_unknown_and_never_a_number(
    judged: list[JudgementView], day: date
) -> None:
    found = profile.profile("economic_security", "business", judged, day=day)

    backed = [view for view in judged if view.level and any(item.holds(day) for item in view.items)]
    assert found.level in {"unknown", *LEVELS}
    assert (found.level == "unknown") == (backed == [])
    assert (found.because == "") == bool(backed)
