"""What is kept of a table: figures and shares by year, held against hand calculation; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER, reader
from tests.rooms.exposure.dependence.conftest import SAID, SHARES, TRADE, keep_shares, keep_trade
from verband.language.errors import InputError, LocatedError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.exposure import keeping
from verband.rooms.exposure.dependence import editions, items, stopping
from verband.rooms.exposure.dependence.models import Edition, Figure

pytestmark = pytest.mark.django_db
READER = reader()


@pytest.mark.requirement("R049")
def test_the_concentration_of_a_material_is_that_worked_by_hand(tmp_path: Path) -> None:
    keep_shares(tmp_path)

    gallium, tin = items.items(READER)

    assert gallium.title == "Gallium (P)"
    assert gallium.newest.concentration is not None
    assert gallium.newest.concentration.value == pytest.approx(0.9**2 + 0.05**2)
    assert gallium.newest.concentration.low == pytest.approx(0.895**2 + 0.045**2)
    assert (gallium.newest.top, gallium.newest.warning) == (("Ruritania",), "")
    assert tin.newest.concentration is not None
    assert tin.newest.concentration.value == pytest.approx(0.13)
    assert (tin.newest.coverage, tin.newest.warning) == (pytest.approx(0.5), "coverage")


@pytest.mark.requirement("R048")
def test_each_year_of_a_trade_table_is_an_edition_with_source_marking_and_method(tmp_path: Path) -> None:
    made = keep_trade(tmp_path, 2022, 2023, marking="GREEN")

    assert [(one.year, one.scope, one.source) for one in made] == [
        (2022, "DE, NL", "A published table"),
        (2023, "DE, NL", "A published table"),
    ]
    assert {(one.method, one.thresholds, one.marking.value().words()) for one in made} == {("1", "2026", "TLP:GREEN")}
    assert Figure._default_manager.count() == 4
    kept = Figure._default_manager.filter(item="product-chips").first()
    assert kept is not None
    assert kept.shares == [["TW", 0.75, 0.75, 0.75, 1.0], ["US", 0.25, 0.25, 0.25, 1.0]]
    assert kept.figures["concentration"] == pytest.approx(0.625)
    assert Entry.objects.filter(action="dependency kept", object="exposure editions").count() == 2


def test_persistence_is_looked_up_over_the_editions(tmp_path: Path) -> None:
    keep_trade(tmp_path, 2021)
    before = items.item("product-chips", READER)[0].newest
    keep_trade(tmp_path, 2023)
    after = items.item("product-chips", READER)[0]

    assert (before.verdict, before.persistent) == ("dependent", "not_judged")
    assert [point.edition.year for point in after.points] == [2021, 2023]
    assert after.newest.persistent == "dependent"


def test_an_edition_that_is_withdrawn_is_gone_from_the_figures_and_may_come_again(tmp_path: Path) -> None:
    (made,) = keep_trade(tmp_path, 2022)

    keeping.withdraw(Edition, str(made.pk), register="editions", reason="Wrong file", who=WRITER, now=NOW)

    assert items.items(READER) == []
    keep_trade(tmp_path, 2022)
    assert len(items.items(READER)) == 2


def test_a_reader_gets_only_the_editions_under_his_ceiling(tmp_path: Path) -> None:
    keep_trade(tmp_path, 2022, marking="AMBER")
    keep_shares(tmp_path)

    assert {one.kind for one in items.items(READER)} == {"materials"}
    assert {one.kind for one in items.items(WRITER)} == {"materials", "trade"}


def test_a_year_that_stands_already_is_refused_and_nothing_of_the_file_comes_in(tmp_path: Path) -> None:
    keep_trade(tmp_path, 2022)

    with pytest.raises(InputError) as error:
        keep_trade(tmp_path, 2021, 2022)

    assert error.value.code == "strategic.edition_there"
    assert "2022" in error.value.message()
    assert [one.year for one in items.editions(READER)] == [2022]
    keep_trade(tmp_path, 2022, members=("NL",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SHARES.replace("90%", "99%").replace("5%", "41%"), "supply.over_coverage"),
        (
            SHARES.replace("90%", "-90%").replace("5%", "5 kg").replace("30%", "30").replace("20%", "?"),
            "expose.rejected",
        ),
        (SHARES.splitlines()[0] + "\n", "expose.no_rows"),
        ("", "file.empty"),
        (SHARES.replace("Material,", "Stuff,"), "table.column_missing"),
        (SHARES.replace("Gallium,P,Graustark", "Gallium,P,Ruritania"), "supply.country_twice"),
    ],
)
def test_shares_that_cannot_be_are_refused(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        keep_shares(tmp_path, text=text)

    assert error.value.code == code
    assert not Edition._default_manager.exists()


def test_too_much_supply_is_refused_with_the_line_of_the_material(tmp_path: Path) -> None:
    with pytest.raises(LocatedError) as error:
        keep_shares(tmp_path, text=SHARES.replace("30%", "99%").replace("20%", "41%"))

    assert "shares.csv, line 4" in error.value.message()
    assert "140" in error.value.message()


def test_shares_of_9_percent_are_kept_with_a_warning_and_no_rank(tmp_path: Path) -> None:
    keep_shares(tmp_path, text="Material,Stage,Country,Share,t\nTin,E,Ruritania,9%,1\n")

    (tin,) = items.items(READER)

    assert (tin.newest.warning, tin.newest.row.rank if tin.newest.row else 0) == ("coverage", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TRADE.replace("value", "value,unit").replace(",60", ",60,quintal"), "supply.unit"),
        (TRADE.splitlines()[0] + "\n{year},chips,TW,NL,-4\n", "expose.rejected"),
        (TRADE.splitlines()[0] + "\n", "supply.no_flows"),
        (TRADE.replace("TW", "NL"), ""),
    ],
)
def test_flows_that_cannot_be_are_refused(text: str, code: str, tmp_path: Path) -> None:
    if not code:
        assert len(keep_trade(tmp_path, 2022, text=text)) == 1
        return
    with pytest.raises(InputError) as error:
        keep_trade(tmp_path, 2022, text=text)

    assert error.value.code == code
    assert not Edition._default_manager.exists()


def test_a_member_that_the_flows_do_not_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        keep_trade(tmp_path, 2022, members=("NLD",))

    assert error.value.code == "strategic.members"
    assert "NL" in error.value.hint()


@pytest.mark.parametrize("year", [1200, 9999])
def test_a_year_that_cannot_be_is_refused(year: int, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        keep_shares(tmp_path, year)

    assert error.value.code == "strategic.year"


@pytest.mark.parametrize("field", ["source", "marking"])
def test_what_has_no_source_or_marking_is_not_kept(field: str, tmp_path: Path) -> None:
    said = editions.Said("" if field == "source" else "A", "" if field == "marking" else "CLEAR")

    with pytest.raises(InputError) as error:
        editions.keep_materials([], said, year=2023, scope="world", rejected=0, who=WRITER, now=NOW)

    assert error.value.params["field"] == field


def test_bringing_in_needs_the_power(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        editions.keep_materials([], SAID, year=2023, scope="world", rejected=0, who=READER, now=NOW)


@pytest.mark.requirement("R048")
def test_a_source_that_stops_takes_the_known_part_of_each_product_along(tmp_path: Path) -> None:
    keep_trade(tmp_path, 2022)
    every = items.items(READER)

    (chips,) = stopping.stop(every, "TW", replaced=0.4)

    assert chips.item.key == "product-chips"
    assert chips.loss.lost.value == pytest.approx(0.75)
    assert chips.loss.left.value == pytest.approx(0.45)
    assert chips.of_all == pytest.approx(60 / 90)


def test_a_source_that_nobody_lists_is_refused_with_the_nearest(tmp_path: Path) -> None:
    keep_shares(tmp_path)

    with pytest.raises(InputError) as error:
        stopping.stop(items.items(READER), "Ruritanie", replaced=0)

    assert "Ruritania" in error.value.hint()


@pytest.mark.requirement("P1")
def test_other_names_of_countries_change_nothing_but_names(tmp_path: Path) -> None:
    swapped = {"Ruritania": "Graustark", "Graustark": "Syldavia", "Syldavia": "Ruritania"}
    text = "\n".join(",".join(swapped.get(cell, cell) for cell in line.split(",")) for line in SHARES.splitlines())
    keep_shares(tmp_path, 2022)
    keep_shares(tmp_path, 2023, text=text + "\n")

    one, other = (
        [point.row for found in items.items(READER) for point in found.points if point.edition.year == year]
        for year in (2022, 2023)
    )

    for before, after in zip(one, other, strict=True):
        assert before is not None
        assert after is not None
        assert [swapped[name] for name in before.top] == list(after.top)
        assert (before.material, before.hhi_t, before.rank, before.coverage) == (
            after.material, after.hhi_t, after.rank, after.coverage,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key"),
    [("chips", "product-chips"), ("8541 42", "product-8541-42"), ("Chips", "product-chips"), ("a/b", "product-a-b-")],
)
def test_the_address_of_an_item_is_its_name_and_a_digest_where_letters_are_lost(name: str, key: str) -> None:
    found = editions.item_key("trade", name)

    assert found.startswith(key)
    assert (found == key) == (name not in ("a/b",))
