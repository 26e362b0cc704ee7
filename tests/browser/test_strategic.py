"""Strategic dependencies in Chromium: figures of kept editions, a dependency through its steps, a measure placed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor, send_to, verband_in
from tests.rooms.exposure.dependence.conftest import MITIGATION, SHARES, TRADE

pytestmark = pytest.mark.browser
LANGUAGES = ("nl", "en")
ADDRESS = "/exposure/strategic/"


@pytest.fixture(scope="module")
def kept(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two years of trade, one of shares and a sector result, kept from the command line."""
    folder: Path = tmp_path_factory.mktemp("tables")
    said = ("--keep", "--source", "An example", "--tlp", "CLEAR")
    for year in (2022, 2023):
        file = folder / f"flows-{year}.csv"
        file.write_text(TRADE.format(year=year), encoding="utf-8")
        verband_in(site, "expose", "trade", str(file), "--members", "NL,DE", *said)
    (folder / "shares.csv").write_text(SHARES, encoding="utf-8")
    verband_in(site, "expose", "materials", str(folder / "shares.csv"), "--year", "2023", *said)
    table = {"Z": np.array([[0.0, 40.0], [20.0, 0.0]]), "x": np.array([100.0, 100.0])}
    np.savez(folder / "table.npz", countries=np.array(["A", "B"]), industries=np.array(["c1"]), **table)
    shock = ("--country", "A", "--industry", "c1", "--share", "10%", "--year", "2011", "--unit", "million")
    verband_in(site, "expose", "sector", str(folder / "table.npz"), *shock, *said)
    return site


@pytest.mark.requirement("R048")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_with_figures_is_sound(language: str, kept: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    wrong = {}

    for place in (
        *("", "?state=lasting", "items/product-chips/?source=TW&replaced=40", "items/material-gallium-p/"),
        *("items/material-tin-e/", "stops/?source=TW&replaced=40", "sectors/", "editions/"),
    ):
        page.goto(kept.address + ADDRESS + place)
        wrong[place] = visitor.faults(page, language)

    assert {place: faults for place, faults in wrong.items() if faults} == {}


@pytest.mark.requirement("R048")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dependency_goes_through_its_steps(language: str, kept: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    page.goto(kept.address + ADDRESS + "register/?item=product-chips")
    said = {"source": "A paper", "marking": "CLEAR"}
    named = {"key": f"chips-{language}", "name_nl": "Chips", "name_en": "Chips", "kind": "product"}
    later = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    done = {**{name: text for name, text in MITIGATION.items() if name != "grounds"}, "review_on": later}

    send_to(page, ADDRESS + "act/dependencies/add/", **named, on_whom="One maker", for_whom="Grids", reason="r", **said)
    identified = visitor.faults(page, language)
    told = {"verdict": "risky", "reason": "One maker", "substitutability": "later", "impact_days": "90"}
    send_to(page, ADDRESS + "act/judgements/add/", **told, **said)
    judged = visitor.faults(page, language)
    send_to(page, ADDRESS + "act/mitigations/add/", **done, grounds="market_advantage", **said)
    refused = visitor.faults(page, language, status=400)
    expect(page.locator("#mitigations-grounds-error")).to_be_visible()
    send_to(page, ADDRESS + "act/mitigations/add/", grounds="national_security")
    mitigated = visitor.faults(page, language)
    send_to(page, ADDRESS + "act/residuals/add/", text="A tenth", accepted="accepted", review_on=later, **said)
    residual = visitor.faults(page, language)
    page.goto(kept.address + ADDRESS + "register/")
    listed = visitor.faults(page, language)

    assert [identified, judged, refused, mitigated, residual, listed] == [[], [], [], [], [], []]


@pytest.mark.requirement("R050")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_is_put_under_a_pillar(language: str, kept: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    page.goto(kept.address + "/measures/autonomy/")
    page.locator("a[href*='#new-head']").first.click()

    send_to(page, "/measures/autonomy/place/", reason="")
    refused = visitor.faults(page, language, status=400)
    send_to(page, "/measures/autonomy/place/", reason="As its title says")
    placed = visitor.faults(page, language)
    page.goto(kept.address + ADDRESS)
    shown = visitor.faults(page, language)

    assert [refused, placed, shown] == [[], [], []]
    expect(page.locator("#measures-head")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_waits_for_the_worker_and_the_page_can_be_left(
    language: str, kept: Site, visitor: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "shares.csv").write_text(SHARES, encoding="utf-8")
    page = visitor.page("analyst", language)
    page.goto(kept.address + ADDRESS + "editions/")
    form = page.locator(f"form[action='{ADDRESS}editions/bring/']")

    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    refused = visitor.faults(page, language, status=400)
    form.locator("[name=kind]").select_option("materials")
    form.locator("[name=file]").set_input_files(tmp_path / "shares.csv")
    form.locator("[name=marking]").select_option("CLEAR")
    form.locator("[name=source]").fill("An example")
    form.locator("[name=year]").fill("2020")
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    waiting = visitor.faults(page, language)

    assert [refused, waiting] == [[], []]
    expect(page.locator("[role=progressbar]")).to_be_visible()
