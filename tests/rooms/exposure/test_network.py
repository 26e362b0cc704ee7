"""What fails when this fails, worked out by hand; scans by supplier and by state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER, add, fill, process
from verband.language.errors import InputError, RefusedError
from verband.rooms.exposure import services

pytestmark = pytest.mark.django_db


def times(*picks: str, hours: float = 72) -> dict[str, float]:
    blast = services.cascade(services.network(WRITER), picks, horizon_h=hours)
    return {step.name: step.time_h for step in blast.cascade.steps()}


def supply(supplier: str, process: str) -> None:
    add("supplies", supplier=supplier, process=process, product="Meter", kind="equipment", access="remote")


def rule(country: str = "China", valid_until: str = "2027-01-01") -> None:
    of = {"reason": "A stated reason", "legal_ground": "An act", "reviewer": "The board"}
    add("country-rules", country=country, valid_until=valid_until, **of)


@pytest.mark.requirement("R062")
def test_the_cascade_is_that_worked_out_by_hand() -> None:
    fill()

    assert times("grid") == {"grid": 0, "pumps": 4, "water": 12}
    assert times("lab-one") == {"lab-one": 0, "taps": 1}
    assert times("reagent") == {"reagent": 0, "lab-one": 0, "taps": 1, "lab-two": 2, "water": 12}
    assert times("grid", hours=5) == {"grid": 0, "pumps": 4}


@pytest.mark.requirement("R048")
def test_hours_lost_are_weighed_by_class() -> None:
    fill()

    found = services.ranking(services.network(WRITER), horizon_h=72)

    lost = {one.name: one.lost_h for one in found.standings}
    assert lost["grid"] == 3 * 72 + 3 * 60
    assert lost["reagent"] == 71 + 3 * 60
    first = found.standings[0]
    assert first.name == "grid"
    assert first.low_h is not None
    assert first.high_h is not None
    assert first.low_h < first.lost_h < first.high_h


def test_stated_bounds_widen_the_interval_and_no_bounds_are_the_assumption() -> None:
    for key in ("water", "power"):
        services.add("processes", process(key, grade="B", impact="Judged"), who=WRITER, now=NOW)
    add("requirements", node="water", members="power", k="1", buffer_h="10", buffer_low_h="2", buffer_high_h="20")

    (row,) = services.network(WRITER).requirements

    assert row.spread == 5
    first = services.ranking(services.network(WRITER), horizon_h=72).standings[0]
    assert (first.low_h, first.high_h) == pytest.approx((72 + 72 - 50, 72 + 72 - 2), abs=4)


@pytest.mark.requirement("R064")
def test_a_supplier_of_the_second_tier_shared_by_two_processes_is_reported() -> None:
    fill()

    (only,) = services.singles(services.network(WRITER))

    assert only.node.key == "reagent"
    assert {one.key for one in only.processes} == {"taps", "water"}
    assert {one.key for one in only.through_others} == {"taps", "water"}


@pytest.mark.requirement("P1")
def test_no_score_order_or_cascade_depends_on_the_name_of_a_state() -> None:
    fill()
    found = services.network(WRITER)
    before = services.ranking(found, horizon_h=72).standings, times("reagent"), services.singles(found)
    for register in ("requirements", "suppliers", "processes"):
        for row in services.rows(register, WRITER):
            services.withdraw(register, str(row.pk), reason="Anew", who=WRITER, now=NOW)

    fill(swapped={"China": "Iran", "Iran": "China", "Ruritania": "Belgium"})

    after = services.network(WRITER)
    assert services.ranking(after, horizon_h=72).standings == before[0]
    assert times("reagent") == before[1]
    assert [one.node.key for one in services.singles(after)] == [one.node.key for one in before[2]]


@pytest.mark.requirement("R047")
def test_a_scan_by_supplier_finds_what_is_held() -> None:
    fill()
    supply("lab-two", "water")
    supply("reagent", "taps")

    found = services.by_supplier("lab-two", WRITER)

    assert [(hit.process.key, hit.product, hit.access) for hit in found.hits] == [("water", "Meter", "remote")]
    assert [one.processes for one in found.sectors] == [None]


@pytest.mark.requirement("R047")
def test_a_sector_is_counted_from_the_smallest_group_up() -> None:
    add("suppliers", key="firm", name="Firm")
    for number in range(services.SMALLEST):
        services.add("processes", process(f"p{number}", sector="energy"), who=WRITER, now=NOW)
        assert all(one.processes is None for one in services.by_supplier("firm", WRITER).sectors)
        supply("firm", f"p{number}")
        supply("firm", f"p{number}")

    assert [(one.sector, one.processes) for one in services.by_supplier("firm", WRITER).sectors] == [("energy", 5)]


@pytest.mark.requirement("P1", "R047")
def test_a_scan_by_state_needs_a_rule_that_stands_today() -> None:
    fill()
    supply("lab-two", "water")
    supply("lab-one", "taps")

    for country in ("China", "Iran", "Belgium"):
        with pytest.raises(RefusedError, match="No rule stands"):
            services.by_country(country, WRITER, now=NOW)
    rule("Iran", "2026-06-10")
    found = services.by_country("iran", WRITER, now=NOW)

    assert [hit.process.key for hit in found.hits] == ["water"]
    assert found.rule is not None
    assert found.rule.reviewer == "The board"
    with pytest.raises(RefusedError):
        services.by_country("Iran", WRITER, now=NOW + timedelta(days=10))
    with pytest.raises(InputError, match="Iran"):
        services.by_country("Irann", WRITER, now=NOW)


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("field", ["reason", "legal_ground", "valid_until", "reviewer", "source"])
def test_a_country_rule_without_reason_term_or_reviewer_is_refused(field: str) -> None:
    cells = {
        **dict.fromkeys(("reason", "legal_ground", "reviewer", "source"), "Text"),
        "country": "China",
        "valid_until": "2027-01-01",
        "marking": "CLEAR",
        field: "",
    }

    with pytest.raises(InputError) as caught:
        services.add("country-rules", cells, who=WRITER, now=NOW)

    assert (caught.value.code, caught.value.params["field"]) == ("exposure.empty", field)


def test_a_country_rule_does_not_end_before_it_begins() -> None:
    with pytest.raises(InputError) as caught:
        rule(valid_until="2026-05-31")

    assert caught.value.code == "exposure.rule_over"
