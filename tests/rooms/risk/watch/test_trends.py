"""The horizon scan: a count for each theme, staleness by the period of the scan, and what published texts state."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import at, later, somebody
from verband.demo import rows as demo
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.rooms.risk import services
from verband.rooms.risk.models import Trend
from verband.rooms.risk.watch import keeping, trends

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R006")]
WHO = somebody()
ROW = {
    "theme": "digital_threats",
    "title": "Devices that nobody updates",
    "text": "More of them are connected each year.",
    "source": "Report on devices, 2026",
    "horizon": "medium",
    "observed": "2026-05",
    "marking": "CLEAR",
}


def write(period_days: int = 90, **given: str) -> Trend:
    scan = trends.open_scan({"title": "Scan", "period_days": str(period_days), "marking": "CLEAR"}, who=WHO, now=NOW)
    return trends.add({**ROW, "scan": str(scan.pk), **given}, who=WHO, now=NOW)


def test_each_of_the_eleven_themes_shows_its_count() -> None:
    write()

    found = services.trends_by_theme(WHO, now=NOW)

    assert [one.theme for one in found] == list(catalogue("themes").keys())
    assert {one.theme: len(one.trends) for one in found if one.trends} == {"digital_threats": 1}


def test_a_trend_is_stale_once_the_period_of_its_scan_has_passed_without_a_look() -> None:
    made = write(period_days=90)
    fresh, stale = (trends.trends(WHO, now=later(days))[0].stale for days in (89, 92))

    trends.look(str(made.pk), seen="Still so", who=WHO, now=later(92))

    (looked,) = trends.trends(WHO, now=later(150))
    assert (fresh, stale) == (False, True)
    assert (looked.stale, looked.seen, looked.looked_at) == (False, "Still so", at(92))
    assert trends.trends(WHO, now=later(300))[0].stale
    assert trends.trends(WHO, now=later(150), known_on=at(91))[0].looked_at is None


def test_a_period_is_a_year_where_nobody_says_otherwise() -> None:
    scan = trends.open_scan({"title": "Scan", "marking": "CLEAR"}, who=WHO, now=NOW)

    assert scan.period_days == 365


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("scan", "", "watch.empty"),
        ("source", "", "watch.empty"),
        ("horizon", "soon", "watch.word"),
        ("theme", "weather", "watch.word"),
        ("observed", "lately", "time.unreadable"),
    ],
)
def test_a_trend_needs_a_scan_theme_source_horizon_and_a_time(field: str, value: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        write(**{field: value})

    assert (caught.value.code, caught.value.params["field"]) == (code, field)
    assert not Trend.objects.exists()


def test_what_is_withdrawn_stays_in_the_history() -> None:
    made = write()

    keeping.withdraw(Trend, made.pk, act="trend withdrawn", reason="Wrong theme", who=WHO, now=later(1))

    assert trends.trends(WHO, now=later(2)) == []
    assert [view.id for view in trends.trends(WHO, now=later(2), known_on=at(0))] == [made.pk]
    assert [row.withdrawn_reason for row in keeping.withdrawn(Trend, WHO)] == ["Wrong theme"]


def test_what_lies_above_the_ceiling_is_as_if_it_were_not_there() -> None:
    high = somebody(tlp="AMBER")
    scan = trends.open_scan({"title": "Scan", "marking": "AMBER"}, who=high, now=NOW)
    made = trends.add({**ROW, "scan": str(scan.pk), "marking": "AMBER"}, who=high, now=NOW)

    assert trends.trends(WHO, now=NOW) == []
    with pytest.raises(NotFoundError):
        trends.look(str(made.pk), seen="x", who=WHO, now=NOW)
    with pytest.raises(InputError) as lower:
        trends.add({**ROW, "scan": str(scan.pk), "marking": "CLEAR"}, who=high, now=NOW)
    assert lower.value.code == "watch.below_base"


def test_the_review_gives_one_trend_that_it_states_as_found_by_the_horizon_scan_with_its_line() -> None:
    rows = list(demo.trends())

    first, again = (services.load_trends(rows, who=WHO, now=NOW) for _ in range(2))

    (view,) = trends.trends(WHO, now=NOW)
    assert (first, again) == (1, 0)
    assert (view.theme, view.scan, view.source.line) == ("polarisation", "Horizonscan 2020", 405)
    assert (view.as_read, view.horizon, view.period_days, view.stale) == (True, "not_stated", 365, True)
    assert view.text.startswith("More attention for non-violent extremism")
