"""The registers: what is kept, what is refused and why, markings, withdrawal, and "as known on"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER, add, fill, process, reader
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.exposure import services
from verband.rooms.exposure.models import Process, Stock

pytestmark = pytest.mark.django_db


def refused(register: str, **cells: str) -> tuple[str, str]:
    """The code and the field of what is wrong with a row."""
    with pytest.raises(InputError) as caught:
        services.add(register, {"source": "A paper", "marking": "CLEAR", **cells}, who=WRITER, now=NOW)
    return caught.value.code, str(caught.value.params["field"])


def test_a_row_is_kept_with_name_source_and_marking_and_stands_in_the_log() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)

    row = Process.objects.get()
    assert (row.key, row.source, row.marking.tlp, row.kept_by) == (
        "water",
        "Source of water",
        "CLEAR",
        WRITER.signature,
    )
    assert Entry.objects.get().action == "dependency kept"


@pytest.mark.requirement("R062")
@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"members": "pumps;grid", "k": "3", "buffer_h": "1"}, "depending.k", "k"),
        ({"members": "pumps;grid", "k": "0", "buffer_h": "1"}, "depending.k", "k"),
        ({"members": "pumps", "k": "one", "buffer_h": "1"}, "exposure.number", "k"),
        ({"members": "pumps", "k": "1", "buffer_h": "-1"}, "depending.buffer", "buffer_h"),
        ({"members": "pumps", "k": "1", "buffer_h": "nan"}, "exposure.number", "buffer_h"),
        ({"members": "pumps", "k": "1", "buffer_h": "4 hours"}, "exposure.number", "buffer_h"),
        ({"members": "water", "k": "1", "buffer_h": "1"}, "depending.supplies_itself", "members"),
        ({"members": "pumps;pumps", "k": "1", "buffer_h": "1"}, "depending.member_twice", "members"),
        ({"members": "pump", "k": "1", "buffer_h": "1"}, "exposure.unknown", "members"),
        ({"members": ";", "k": "1", "buffer_h": "1"}, "depending.group_empty", "members"),
        ({"members": "pumps", "k": "1", "buffer_h": "4", "buffer_low_h": "5"}, "exposure.bounds", "buffer_low_h"),
        ({"members": "pumps", "k": "1", "buffer_h": "4", "buffer_low_h": "0"}, "exposure.bounds", "buffer_low_h"),
        ({"members": "pumps", "k": "1", "buffer_h": "4", "buffer_high_h": "3"}, "exposure.bounds", "buffer_high_h"),
    ],
)
def test_a_requirement_that_cannot_be_is_refused_at_its_field(cells: dict[str, str], code: str, field: str) -> None:
    for key in ("water", "pumps", "grid"):
        services.add("processes", process(key), who=WRITER, now=NOW)

    assert refused("requirements", node="water", **cells) == (code, field)


def test_a_cycle_that_nothing_supplies_from_outside_is_kept_and_named() -> None:
    for key in ("water", "power"):
        services.add("processes", process(key), who=WRITER, now=NOW)
    add("requirements", node="water", members="power", k="1", buffer_h="2")
    add("requirements", node="power", members="water", k="1", buffer_h="3")

    assert services.network(WRITER).system.closed_cycles == (("water", "power"),)


@pytest.mark.requirement("R061")
def test_a_process_without_impact_cannot_have_a_class() -> None:
    assert refused("processes", **process("water", grade="A")) == ("exposure.no_impact", "impact")


@pytest.mark.requirement("R061")
def test_a_review_is_overdue_from_the_day_after_it_and_a_newer_row_ends_that() -> None:
    designated = {"grade": "A", "impact": "Judged"}
    services.add("processes", process("late", review_on="2026-05-30", **designated), who=WRITER, now=NOW)
    services.add("processes", process("today", review_on="2026-06-01", **designated), who=WRITER, now=NOW)
    services.add("processes", process("undated", **designated), who=WRITER, now=NOW)
    services.add("processes", process("assessed", impact="Judged"), who=WRITER, now=NOW)
    services.add("processes", process("plain"), who=WRITER, now=NOW)

    found = services.cycle(WRITER, day=date(2026, 6, 1))

    assert [(one.process.key, one.state, one.days, one.undated) for one in found] == [
        ("late", "designated", 2, False),
        ("assessed", "assessed", 0, False),
        ("today", "designated", 0, False),
        ("undated", "designated", 0, True),
    ]
    assert [one.process.key for one in services.overdue(found)] == ["late"]
    services.withdraw("processes", str(Process.objects.get(key="late").pk), reason="Reviewed", who=WRITER, now=NOW)
    services.add("processes", process("late", review_on="2027-05-30", **designated), who=WRITER, now=NOW)
    assert services.overdue(services.cycle(WRITER, day=date(2026, 6, 1))) == ()


def test_a_process_of_the_list_has_the_class_of_the_list() -> None:
    cells = process("water", vital="drinking_water", impact="Judged")

    services.add("processes", cells, who=WRITER, now=NOW)

    assert (Process.objects.get().grade, Process.objects.get().sector) == ("A", "drinking_water")
    assert refused("processes", **{**cells, "key": "other", "grade": "B"}) == ("exposure.grade", "grade")


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"key": "Water North"}, "exposure.key", "key"),
        ({"name_nl": " "}, "exposure.empty", "name_nl"),
        ({"source": ""}, "exposure.empty", "source"),
        ({"marking": ""}, "exposure.empty", "marking"),
        ({"marking": "PURPLE"}, "exposure.word", "marking"),
        ({"kind": "thing"}, "exposure.word", "kind"),
        ({"review_on": "soon"}, "exposure.day", "review_on"),
        ({"name_en": "x" * 201}, "exposure.long", "name_en"),
    ],
)
def test_what_is_filled_in_wrong_stands_beside_its_field(cells: dict[str, str], code: str, field: str) -> None:
    assert refused("processes", **{**process("water"), **cells}) == (code, field)


def test_a_key_stands_once_also_between_processes_and_suppliers() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)

    assert refused("suppliers", key="water", name="Firm") == ("exposure.taken", "key")


def test_a_supplier_does_not_supply_itself() -> None:
    add("suppliers", key="firm", name="Firm")

    found = refused("supplies", supplier="firm", process="firm", product="Pump", kind="equipment")

    assert found == ("exposure.supplies_itself", "supplier")


@pytest.mark.requirement("R065")
def test_days_of_a_stock_follow_from_amount_and_use() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)
    of = {"process": "water", "product": "Chlorine", "valid_until": "2026-12-31"}

    add("stocks", **of, amount="90", use_per_day="4", unit="t")

    assert Stock.objects.get().days == 22.5
    assert refused("stocks", **of, amount="90") == ("exposure.no_days", "days")
    assert refused("stocks", **of, amount="90", use_per_day="0") == ("exposure.no_days", "days")
    assert refused("stocks", **of, days="-1") == ("exposure.below_zero", "days")


def test_a_row_is_marked_at_least_as_what_it_names() -> None:
    services.add("processes", process("water", marking="AMBER"), who=WRITER, now=NOW)
    services.add("processes", process("grid"), who=WRITER, now=NOW)
    of = {"node": "grid", "members": "water", "k": "1", "buffer_h": "1"}

    assert refused("requirements", **of) == ("exposure.below_base", "marking")
    with pytest.raises(RefusedError) as caught:
        services.add("processes", process("x", marking="RED"), who=reader("assess", tlp="GREEN"), now=NOW)
    assert caught.value.code == "exposure.above_ceiling"


def test_what_is_marked_higher_is_in_no_network_and_no_figure_of_who_sees_less() -> None:
    fill()
    before = services.ranking(services.network(reader()), horizon_h=72).standings
    services.add("processes", process("hidden", marking="AMBER"), who=WRITER, now=NOW)
    add("requirements", node="hidden", members="grid", k="1", buffer_h="0", marking="AMBER")

    assert services.ranking(services.network(reader()), horizon_h=72).standings == before
    assert "hidden" in services.network(WRITER).nodes
    with pytest.raises(NotFoundError):
        services.network(reader()).node("hidden")


def test_only_who_has_the_power_writes_and_takes_back() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)
    number = str(Process.objects.get().pk)

    for who in (reader("read"), reader("upload")):
        with pytest.raises(RefusedError):
            services.add("processes", process("grid"), who=who, now=NOW)
        with pytest.raises(RefusedError):
            services.withdraw("processes", number, reason="Wrong", who=who, now=NOW)
    assert Process.objects.get().withdrawn_at is None


def test_what_is_taken_back_stays_and_stood_then() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)
    number = str(Process.objects.get().pk)
    later = NOW + timedelta(days=2)

    services.withdraw("processes", number, reason="Merged", who=WRITER, now=later)

    assert services.network(WRITER).nodes == {}
    assert Process.objects.get().withdrawn_reason == "Merged"
    day_after, day_before = int((NOW + timedelta(days=1)).timestamp()), int((NOW - timedelta(days=1)).timestamp())
    assert list(services.network(WRITER, known_on=day_after).nodes) == ["water"]
    assert services.network(WRITER, known_on=day_before).nodes == {}
    with pytest.raises(InputError, match="withdrawn"):
        services.withdraw("processes", number, reason="Again", who=WRITER, now=later)
    services.add("processes", process("water"), who=WRITER, now=later)
    assert list(services.network(WRITER).nodes) == ["water"]


def test_vital_processes_come_in_once_and_one_that_was_taken_back_does_not_return() -> None:
    listed = [
        services.ProcessRow(vital=key, name_nl=key, name_en=key, impact="Listed", source="A list")
        for key in ("drinking_water", "rail")
    ]
    assert services.load_processes(listed, who=WRITER, now=NOW) == 2
    number = str(Process.objects.get(key="rail").pk)
    services.withdraw("processes", number, reason="Not ours", who=WRITER, now=NOW)

    assert services.load_processes(listed, who=WRITER, now=NOW) == 0
    assert list(services.network(WRITER).nodes) == ["drinking_water"]
