"""A network is looked at, registered and taken back, and a sector begins with the steps of another, in Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.formats.test_topology import ZOO

pytestmark = pytest.mark.browser
LANGUAGES = ("nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_is_looked_at_registered_seen_on_the_map_and_taken_back(
    language: str, site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "net.graphml"
    file.write_text(ZOO, "utf-8")
    page = visitor.page("analyst", language)
    page.goto(site.address + "/exposure/imports/")

    page.click("#main form[action$='/upload/'] button[type=submit]")
    refused = visitor.faults(page, language, status=400)
    page.set_input_files("#upload-files", file)
    for name, text in (("title", f"Example {language}"), ("prefix", f"net-{language}"), ("source", "A test file")):
        page.fill(f"#upload-{name}", text)
    page.select_option("#upload-assumption", "connections")
    page.select_option("#upload-marking", "CLEAR")
    page.click("#main form[action$='/upload/'] button[type=submit]")
    page.wait_for_url(re.compile(r"/exposure/imports/net-"))
    looked_at = visitor.faults(page, language)
    page.click("form[action$='/register/'] button")
    expect(page.locator("form[action$='/register/']")).to_have_count(0)
    registered, address = visitor.faults(page, language), page.url
    page.goto(site.address + "/exposure/assets/?group=telecom")
    expect(page.locator("#asset-map svg")).to_be_visible()
    mapped = visitor.faults(page, language)
    page.goto(site.address + f"/exposure/nodes/net-{language}-north/")
    opened = visitor.faults(page, language)
    page.goto(address)
    page.locator("details.more summary").first.click()
    page.fill("#import-reason", "A test that is over")
    page.click("form[action$='/withdraw/'] button")
    gone = visitor.faults(page, language)

    assert [refused, looked_at, registered, mapped, opened, gone] == [[]] * 6
    expect(page.locator("#main, .head").first).to_contain_text("A test that is over")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_sector_begins_with_the_steps_of_telecom_and_takes_its_first(
    language: str, site: Site, visitor: Visitor
) -> None:
    sector = {"nl": "electricity_national", "en": "electricity_regional"}[language]
    page = visitor.page("analyst", language)
    page.goto(site.address + "/exposure/rounds/?from=telecom")
    expect(page.locator("#begin-from")).to_have_value("telecom")
    for name, text in (("sector", sector), ("title_nl", "Elektra"), ("title_en", "Electricity"), ("source", "A test")):
        page.fill(f"#begin-{name}", text)
    page.select_option("#begin-marking", "CLEAR")
    page.click("form[action$='/begin/'] button")
    page.wait_for_url(re.compile(r"/exposure/rounds/electricity-"))
    begun, steps = visitor.faults(page, language), page.locator("#main ol.rows > li").count()

    page.fill("#take-done_on", "2026-01-05")
    for name, text in (("outcome", "Set"), ("decided_by", "A board"), ("source", "A test")):
        page.fill(f"#take-{name}", text)
    page.select_option("#take-marking", "CLEAR")
    page.click("form[action$='/take/'] button")
    expect(page.locator("#main ol.rows .chip.good")).to_have_count(1)

    assert (begun, steps, visitor.faults(page, language)) == ([], 5, [])
