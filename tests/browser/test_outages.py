"""A what-if is built, played, saved, weighed and taken back in Chromium, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser
#: What needs what, how many hours it lasts; of our own, for the test.
NEEDS = (("oil", "electricity_national", "4"), ("gas_national", "oil", "8"))
#: Language, the button that plays, what is told at the end, and at hour 0.
SPOKEN = (("nl", "Afspelen"), ("en", "Play"))


@pytest.fixture(scope="module")
def needs(site: Site, visitor: Visitor) -> None:
    """Two requirements and a target that a node stands for, entered by hand."""
    page = visitor.page("analyst", "en")
    for node, member, buffer in NEEDS:
        _enter(page, site, "requirements", node=node, members=member, k="1", buffer_h=buffer)
    _enter(page, site, "stands-for", node="oil", thing="ASML", reason="For the test of this page")


@pytest.mark.requirement("R062")
@pytest.mark.parametrize(("language", "play"), SPOKEN)
def test_an_outage_from_picks_to_a_scenario_for_weighing(
    language: str, play: str, site: Site, visitor: Visitor, needs: None
) -> None:
    page = visitor.page("analyst", language)
    page.goto(f"{site.address}/exposure/what-if/")
    page.check("input[name=fail][value=electricity_national]")
    page.fill("#f-hours", "24")
    page.click("#main form[method=get] button[type=submit]")
    asked = visitor.faults(page, language)

    _step_through(page)
    page.locator("[data-act=play]").click()
    expect(page.locator("[data-act=play]")).not_to_have_text(play)
    page.locator("[data-act=play]").click()
    expect(page.locator("[data-act=play]")).to_have_text(play)
    page.fill("#save-name", "")
    page.click("form[action='/exposure/outages/keep/'] button[type=submit]")
    expect(page.locator("#save-name-error")).to_be_visible()
    refused = visitor.faults(page, language, status=400)
    page.fill("#save-name", f"Storm {language}")
    page.fill("#save-text", "One storm")
    page.fill("#save-source", "Of the test")
    page.click("form[action='/exposure/outages/keep/'] button[type=submit]")
    expect(page).to_have_url(re.compile(f"/exposure/outages/storm-{language}-[0-9a-f]+/$"))
    saved = visitor.faults(page, language)
    outage = page.url
    page.goto(f"{site.address}/exposure/outages/")
    listed = visitor.faults(page, language)
    page.goto(outage)
    page.click("a[href*='/risk/scenarios/new/?outage=']")
    begun = visitor.faults(page, language)
    page.check("input[name=interests][value=economic_security]")
    page.fill("#new-valid_until", "2099-01-01")
    page.click("#main form button[type=submit]")
    expect(page.locator("#main a[href^='/exposure/outages/storm-']").first).to_be_visible()
    weighed = visitor.faults(page, language)

    assert [asked, refused, saved, listed, begun, weighed] == [[], [], [], [], [], []]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "pairs/",
        "strengthening/?buffer=24",
        "ranking/",
        "restoration/?fail=electricity_national&fail=oil&repair-electricity_national=12&repair-oil=30",
        "restoration/?fail=electricity_national",
    ],
)
def test_the_pages_of_analysis_on_a_network_with_requirements(
    path: str, language: str, site: Site, visitor: Visitor, needs: None
) -> None:
    page = visitor.page("analyst", language)

    page.goto(f"{site.address}/exposure/{path}")

    assert visitor.faults(page, language) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_incident_leads_to_what_fails_if_its_target_fails(
    language: str, site: Site, visitor: Visitor, needs: None
) -> None:
    page = visitor.page("analyst", language)
    page.goto(f"{site.address}/incidents/?text=ASML")
    page.goto(
        site.address + (page.locator("#main a[href*='/incidents/things/incident--']").first.get_attribute("href") or "")
    )
    thing = visitor.faults(page, language)

    page.click("#main a[href^='/exposure/incidents/']")
    expect(page.locator("h1")).to_be_visible()

    assert [thing, visitor.faults(page, language)] == [[], []]


def test_who_wants_no_motion_has_steps_and_no_playing(site: Site, visitor: Visitor, needs: None) -> None:
    page = visitor.page("analyst", "en")
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site.address}/exposure/what-if/?fail=electricity_national&hours=24")

    expect(page.locator("[data-act=play]")).to_be_hidden()
    expect(page.locator("[data-act=on]")).to_be_visible()
    page.emulate_media(reduced_motion="no-preference")
    expect(page.locator("[data-act=play]")).to_be_visible()


def _step_through(page: Page) -> None:
    """Slider by keyboard, buttons and links move heading, table, figure and address together."""
    up = page.locator("tr[data-falls=gas_national]")
    slider = page.locator("#play-hour")
    expect(up).not_to_have_class("muted")
    slider.focus()
    page.keyboard.press("Home")
    expect(up).to_have_class("muted")
    expect(page).to_have_url(re.compile("at=0$"))
    assert _filled(page) == ["electricity_national"]
    page.locator("a[data-moment]", has_text="4 h").first.click()
    assert _filled(page) == ["electricity_national", "oil"]
    page.locator("[data-act=back]").click()
    assert _filled(page) == ["electricity_national"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _filled(page) == ["electricity_national", "oil"]
    slider.focus()
    page.keyboard.press("End")
    assert _filled(page) == ["electricity_national", "gas_national", "oil"]


def _filled(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => document.getElementById('cascade').graph.nodes('[!kind]').map((node) => node.id()).sort()"
    )
    return found


def _enter(page: Page, site: Site, register: str, **filled: str) -> None:
    page.goto(f"{site.address}/exposure/registers/{register}/")
    for name, value in {**filled, "source": "Entered for a test"}.items():
        page.fill(f"#add-{name}", value)
    page.select_option("#add-marking", "CLEAR")
    page.click("form[action$='/add/'] button[type=submit]")
    expect(page.locator("#main")).to_contain_text("Entered for a test")
