"""Findings by sector and quarter, and sectors of few holders that are not told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, process, reader
from tests.rooms.exposure.test_pages import text
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.exposure import services
from verband.rooms.exposure.inspections import quarters_until

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def inspected(
    sector: str, holders: int, *, day: str = "2026-05-01", marking: str = "CLEAR", owner: str = "Owner"
) -> None:
    """One shortcoming at each of so many processes of a sector, each of an owner of its own."""
    for at in range(holders):
        key = f"{sector}-{marking.lower()}-{at}"
        cells = process(key, sector=sector, owner=f"{owner} {at}" if owner else "", marking=marking)
        services.add("processes", cells, who=WRITER, now=NOW)
        add("findings", process=key, found_on=day, outcome="shortcoming", text="No spare", marking=marking)


@pytest.mark.requirement("R066")
def test_a_sector_below_five_holders_is_suppressed_and_no_total_gives_it_away() -> None:
    inspected("energy", 5)
    inspected("water", 4)
    inspected("finance", 9, owner="")

    found = services.inspected(WRITER, TODAY)

    assert [(one.sector, one.holders, sum(one.shortcomings)) for one in found.sectors] == [("energy", 5, 5)]
    assert found.suppressed == ("finance", "water")


def test_findings_stand_in_their_quarter_and_the_trend_is_the_last_year_less_the_one_before() -> None:
    inspected("energy", 5, day="2026-05-01")
    for day, outcome in (("2026-01-02", "in_order"), ("2025-02-03", "shortcoming"), ("2020-01-01", "shortcoming")):
        add("findings", process="energy-clear-0", found_on=day, outcome=outcome, text="Seen")

    found = services.inspected(WRITER, TODAY)

    (energy,) = found.sectors
    assert [quarter.words for quarter in found.quarters] == [
        *("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"),
        *("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"),
    ]
    assert energy.found == (0, 0, 1, 0, 0, 0, 1, 5)
    assert energy.shortcomings == (0, 0, 1, 0, 0, 0, 0, 5)
    assert (energy.trend, found.earlier) == (4, 1)


def test_quarters_run_over_the_turn_of_the_year() -> None:
    assert [one.words for one in quarters_until(date(2026, 1, 1), many=2)] == ["2025-Q4", "2026-Q1"]


def test_holders_that_one_may_not_see_do_not_lift_a_sector_over_the_threshold() -> None:
    inspected("energy", 4)
    inspected("energy", 4, marking="AMBER", owner="Hidden")

    assert services.inspected(reader(), TODAY).sectors == ()
    assert services.inspected(reader(tlp="AMBER"), TODAY).sectors[0].holders == 8


@pytest.mark.requirement("R066")
def test_the_page_draws_the_trend_and_names_what_is_suppressed_without_a_number(
    sign_in: Callable[..., Client],
) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    inspected("energy", 5, day=yesterday)
    inspected("water", 4, day=yesterday)
    client = sign_in("ann")

    shown, told = text(client, "inspections/"), text(client, "inspections/?format=csv")

    assert "1 sector can be told;" in shown
    assert 'data-chart="inspections-data"' in shown
    assert "fewer than 5 holders: not told apart" in shown
    assert "water,,," in told
