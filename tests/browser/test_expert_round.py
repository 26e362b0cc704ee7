"""Three experts judge a scenario in Chromium, from the invitation to what is agreed, and one dissent stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visitor, speak, verband_in

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R005")]
KEY = "kabelbreuk"
EXPERTS = ("expert-een", "expert-twee", "expert-drie")
#: What each expects of the first criterion; the last thinks worse of it.
EXPECTED = {"expert-een": "B", "expert-twee": "B", "expert-drie": "D"}


@pytest.fixture(scope="module")
def pages(site: Site, visitor: Visitor) -> Iterator[dict[str, Page]]:
    """A page for the leader and one for each expert, all signed in by their own one-time link."""
    found = {"analyst": visitor.page("analyst", "nl")}
    for name in EXPERTS:
        verband_in(site, "user", "add", name, "--role", "analyst", "--tlp", "AMBER+STRICT")
        link = verband_in(site, "user", "link", name, "--host", site.address)
        found[name] = _signed_in(visitor.browser, site, link.strip())
    yield found
    for name in EXPERTS:
        found[name].context.close()


def test_an_expert_round_from_invitation_to_agreement_with_one_dissent(
    site: Site, visitor: Visitor, pages: dict[str, Page]
) -> None:
    leader = pages["analyst"]
    _draft(leader, site)

    leader.goto(f"{site.address}/risk/scenarios/{KEY}/session/")
    leader.fill("#begin-experts", " ".join(EXPERTS))
    leader.click("form[action$='/session/begin/'] button")
    expect(leader.locator(".stages .now")).to_have_text("Uitnodiging")
    for name in EXPERTS:
        pages[name].goto(f"{site.address}/risk/scenarios/")
        pages[name].click(f"a[href$='/{KEY}/session/']")
        pages[name].click("form[action$='/session/accept/'] button")
    _next(leader)
    for name in EXPERTS:
        _score(pages[name], EXPECTED[name])
    own = pages["expert-een"].locator("[name='1.1-rationale']").input_value()
    hidden = leader.locator("table.scores .letters").count()
    _next(leader)
    letters = leader.locator("table.scores tbody tr").first.locator(".letters").count()
    _next(leader)
    pages["expert-twee"].reload()
    pages["expert-twee"].select_option("[name='1.1-upper']", "D")
    pages["expert-twee"].click("form[action$='/session/scores/'] button[type=submit]")
    _next(leader)
    for criterion in ("1.1", "likelihood"):
        _triple(leader, "agree", criterion, "B" if criterion == "1.1" else "C")
        leader.click("form[action$='/session/agree/'] button")
    dissenter = pages["expert-drie"]
    dissenter.reload()
    _triple(dissenter, "dissent", "1.1", "D")
    dissenter.check("input[name=signed]")
    dissenter.click("form[action$='/session/dissent/'] button")
    faults = visitor.faults(leader, "nl")
    _next(leader)

    assert own == "omdat B"
    assert (hidden, letters) == (0, 3)
    assert faults == []
    expect(leader.locator(".stages .now")).to_have_text("Afgesloten")
    expect(leader.locator("table.scores")).to_contain_text("expert-drie")
    expect(leader.locator("table.scores")).to_contain_text("mijn mening")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("tab", ["", "session/", "why/", "compare/"])
def test_the_pages_of_a_scenario_that_was_judged(
    tab: str, language: str, site: Site, visitor: Visitor, pages: dict[str, Page]
) -> None:
    speak(pages["analyst"].context, site.address, language)
    visitor.said.clear()

    pages["analyst"].goto(f"{site.address}/risk/scenarios/{KEY}/{tab}")

    assert visitor.faults(pages["analyst"], language) == []


def test_a_score_that_does_not_rise_stands_beside_its_row_and_the_rest_is_kept(
    site: Site, visitor: Visitor, pages: dict[str, Page]
) -> None:
    leader = pages["analyst"]
    speak(leader.context, site.address, "nl")
    leader.goto(f"{site.address}/risk/scenarios/{KEY}/session/")
    leader.fill("#begin-experts", " ".join(EXPERTS[:2]))
    leader.click("form[action$='/session/begin/'] button")
    for name in EXPERTS[:2]:
        pages[name].goto(f"{site.address}/risk/scenarios/{KEY}/session/")
        pages[name].click("form[action$='/session/accept/'] button")
    _next(leader)
    page = pages["expert-een"]
    page.reload()

    _fill(page, "1.1", ("D", "C", "E"))
    _fill(page, "2.1", ("A", "B", "C"))
    page.click("form[action$='/session/scores/'] button[type=submit]")

    expect(page.locator("[name='1.1-rationale']")).to_have_attribute("aria-invalid", "true")
    assert page.locator("[name='1.1-lower']").input_value() == "D"
    page.reload()
    page.goto(f"{site.address}/risk/scenarios/{KEY}/session/")
    assert page.locator("[name='2.1-expected']").input_value() == "B"


def _draft(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/risk/scenarios/new/")
    page.fill("#new-title_nl", "Een zeekabel breekt")
    page.fill("#new-title_en", "A sea cable breaks")
    page.fill("#new-key", KEY)
    page.fill("#new-text", "Een kabel op de zeebodem breekt; verkeer neemt een andere weg.")
    page.select_option("#new-theme", "state_threats")
    page.check("input[value=economic_security]")
    page.select_option("#new-marking", "GREEN")
    page.click("#main form button[type=submit]")
    expect(page).to_have_url(f"{site.address}/risk/scenarios/{KEY}/")


def _score(page: Page, expected: str) -> None:
    page.reload()
    _fill(page, "1.1", ("A" if expected == "B" else "C", expected, expected))
    _fill(page, "likelihood", ("B", "C", "C"))
    page.click("form[action$='/session/scores/'] button[type=submit]")


def _fill(page: Page, criterion: str, words: tuple[str, str, str]) -> None:
    for name, word in zip(("lower", "expected", "upper"), words, strict=True):
        page.select_option(f"[name='{criterion}-{name}']", word)
    page.fill(f"[name='{criterion}-rationale']", f"omdat {words[1]}")


def _triple(page: Page, form: str, criterion: str, word: str) -> None:
    page.select_option(f"#{form}-criterion", criterion)
    for name in ("lower", "expected", "upper"):
        page.select_option(f"#{form}-{name}", word)
    page.fill(f"#{form}-text", "afgesproken" if form == "agree" else "mijn mening")


def _next(leader: Page) -> None:
    leader.click("form[action$='/session/next/'] button")
    leader.wait_for_load_state()


def _signed_in(browser: Browser, site: Site, link: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    speak(context, site.address, "nl")
    page.goto(link)
    return page
