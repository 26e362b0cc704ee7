"""Assets with class and place, stocks by good, corridors that fail, and the page that shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.contract.conftest import incident
from tests.rooms.exposure.conftest import NOW, WRITER, add, process, reader
from tests.rooms.exposure.test_pages import text
from tests.rooms.exposure.test_registers import refused
from tests.rooms.risk.conftest import store
from tests.rooms.risk.test_pages import sign_in
from verband.language.records import Attribute
from verband.rooms.exposure import services, stocks
from verband.rooms.exposure.models import Process, Stock

__all__ = ["sign_in", "store"]
pytestmark = pytest.mark.django_db
CABLE = {"kind": "asset", "asset_class": "undersea_cable", "latitude": "52.5", "longitude": "3,2"}


def asset(key: str, **cells: str) -> None:
    services.add("processes", process(key, **{"kind": "asset", **cells}), who=WRITER, now=NOW)


def test_an_asset_has_a_class_of_the_list_and_a_place() -> None:
    asset("cable", **CABLE)

    row = Process.objects.get()
    assert (row.asset_class, row.latitude, row.longitude) == ("undersea_cable", 52.5, 3.2)
    asset("port", asset_class="haven")
    assert Process.objects.get(key="port").asset_class == "port"


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"kind": "process", "asset_class": "port"}, "exposure.class_of_process", "asset_class"),
        ({"kind": "asset", "asset_class": "castle"}, "exposure.word", "asset_class"),
        ({"kind": "asset", "latitude": "52"}, "exposure.half_place", "longitude"),
        ({"kind": "asset", "longitude": "4"}, "exposure.half_place", "latitude"),
        ({"kind": "asset", "latitude": "91", "longitude": "4"}, "exposure.degrees", "latitude"),
        ({"kind": "asset", "latitude": "52", "longitude": "-181"}, "exposure.degrees", "longitude"),
    ],
)
def test_a_class_or_place_that_cannot_be_is_refused_at_its_field(cells: dict[str, str], code: str, field: str) -> None:
    assert refused("processes", **process("x", **cells)) == (code, field)


@pytest.mark.requirement("R115")
def test_failing_a_corridor_shows_the_processes_that_it_takes_along(sign_in: Callable[..., Client]) -> None:
    asset("rail-east", asset_class="corridor")
    for key in ("fuel", "transit", "bread"):
        services.add("processes", process(key, grade="A", impact="Judged by a board"), who=WRITER, now=NOW)
    add("requirements", node="transit", members="rail-east", k="1", buffer_h="0")
    add("requirements", node="fuel", members="transit", k="1", buffer_h="12")

    shown = text(sign_in("ann"), "what-if/?fail=rail-east&hours=24")

    assert "Within 24 hours 3 nodes fail" in shown
    steps = services.cascade(services.network(WRITER), ["rail-east"], horizon_h=24).cascade.steps()
    assert [(step.name, step.time_h) for step in steps] == [("rail-east", 0), ("transit", 0), ("fuel", 12)]


def kept(product: str, **cells: str) -> None:
    add("stocks", process="depot", product=product, **{"valid_until": "2026-12-31", **cells})


@pytest.mark.requirement("R065")
def test_days_of_a_good_follow_from_all_amounts_and_uses_and_old_stocks_count_for_nothing() -> None:
    asset("depot")
    kept("Diesel", amount="90", use_per_day="4", unit="t")
    kept("diesel ", amount="30", use_per_day="2", unit="t")
    kept("Diesel", amount="900", use_per_day="1", unit="t", valid_until="2026-01-01")
    kept("Chlorine", amount="10", use_per_day="1", unit="t")
    kept("Chlorine", days="40")
    kept("Salt", days="3", valid_until="2026-01-01")

    chlorine, diesel, salt = stocks.goods(list(Stock.objects.all()), date(2026, 6, 1))

    assert (diesel.days, diesel.unit, diesel.least, diesel.most) == (20.0, "t", 15.0, 22.5)
    assert (diesel.stocks, diesel.old) == (2, 1)
    assert (chlorine.days, chlorine.least, chlorine.most) == (None, 10.0, 40.0)
    assert (salt.days, salt.least, salt.stocks, salt.old) == (None, None, 0, 1)


@pytest.mark.requirement("R065")
def test_the_page_flags_an_asset_without_owner_and_maps_what_has_a_place(sign_in: Callable[..., Client]) -> None:
    asset("cable", **CABLE, owner="Example Cable")
    asset("quay", asset_class="port")
    kept_on = {"process": "quay", "product": "Diesel", "amount": "90", "use_per_day": "4"}
    add("stocks", **kept_on, valid_until="2020-01-01")
    client = sign_in("ann")

    shown = text(client, "assets/")

    for words in ("2 assets.", "Of 1 no owner is stated.", "1 stock is past its day.", "1 has no stated place"):
        assert words in shown
    assert 'data-chart="asset-map-data"' in shown
    assert "undersea cable" in shown
    assert "1 asset." in text(client, "assets/?group=port")
    assert "Example Cable" not in text(client, "assets/?group=port&group=none")
    assert "quay,Proces quay,Process quay,port" in text(client, "assets/?format=csv")


@pytest.mark.requirement("R065")
def test_incidents_of_sea_and_ports_stand_beside_for_who_may_see_them(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(
        incident("anchor", name="Anchor dragged", attributes=(Attribute("domain", "maritime", "maritime"),)),
        incident("quay", name="Quay closed", attributes=(Attribute("sector", "port", "ports"),)),
        incident("school", name="School closed", attributes=(Attribute("sector", "knowledge", "school"),)),
        incident("spy", name="Spy ship", marking="AMBER", attributes=(Attribute("domain", "maritime", "maritime"),)),
    )

    low, high = (text(sign_in(name, tlp=tlp), "assets/") for name, tlp in (("low", "CLEAR"), ("high", "AMBER")))

    assert ("Anchor dragged" in low, "Quay closed" in low) == (True, True)
    assert ("School closed" in low, "Spy ship" in low, "Spy ship" in high) == (False, False, True)


def test_a_higher_marked_asset_is_in_no_count(sign_in: Callable[..., Client]) -> None:
    asset("cable", **CABLE, marking="AMBER")

    assert "No asset has been entered yet." in text(sign_in("low", tlp="CLEAR"), "assets/")
    assert services.network(reader()).nodes == {}
