"""Every page opens in Chromium in both languages: nothing in the console, no axe violation, the right language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Site, Visitor, speak, verband_in
from tests.browser.places import AREAS, BY_ACTING, FILES, POSTED, places

pytestmark = pytest.mark.browser
LANGUAGES = ("nl", "en")
ROWS = Path("src/verband/demo/data/public_incidents.csv")


def test_every_address_pattern_is_opened_here_or_is_no_page() -> None:
    patterns = set(_names(get_resolver()))

    opened = {place.view for area in AREAS.values() for place in area} - {""}

    assert patterns == opened | BY_ACTING | FILES | POSTED.keys()


def test_from_the_end_of_the_demo_to_the_picture_no_password_is_typed(site: Site, visitor: Visitor) -> None:
    context = visitor.browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("load", lambda _: asked.extend(["password"] * page.locator("input[type=password]").count()))

    page.goto(verband_in(site, "user", "link", "partner", "--host", site.address).strip())

    expect(page).to_have_url(site.address + "/")
    expect(page.locator("#where-when svg")).to_be_visible()
    assert asked == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_every_page_of(area: str, language: str, visitor: Visitor) -> None:
    found = [(place.path, visitor.visit(place, language)) for place in places(area, language)]

    assert [f"{path}: {fault}" for path, faults in found for fault in faults] == []


@pytest.mark.parametrize("address", POSTED.values())
def test_what_changes_something_cannot_be_opened(address: str, site: Site, visitor: Visitor) -> None:
    role = "oversight" if address.startswith("/oversight/") else "analyst"
    page = visitor.page(role, "en")

    response = page.context.request.get(site.address + address)

    assert response.status == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_goes_in_and_its_result_is_shown(
    language: str, site: Site, visitor: Visitor, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    head, *rows = (pytestconfig.rootpath / ROWS).read_text().splitlines(keepends=True)
    file = tmp_path / "rows.csv"
    file.write_text(head + rows[0] + rows[1].replace(rows[1].split(",")[1], "no-such-type", 1))
    page = visitor.page("analyst", language)

    page.goto(site.address + "/upload/")
    empty = visitor.faults(page, language)
    page.set_input_files("#f-file", file)
    page.click("#main button[type=submit]")
    waiting = visitor.faults(page, language)
    _work(site)
    page.reload()
    rejects = page.locator("a[href$='/rejects/']")
    expect(rejects).to_be_visible()
    done = visitor.faults(page, language)

    assert [empty, waiting, done] == [[], [], []]
    got = page.context.request.get(site.address + (rejects.get_attribute("href") or ""))
    assert (got.status, "no-such-type" in got.text()) == (200, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_made_and_read(language: str, site: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)

    page.goto(site.address + "/reports/")
    # Making it may take longer than a click may on a machine that does other things as well.
    page.click("form[action='/reports/make/'] button", timeout=60_000)
    page.wait_for_url(re.compile(r"/reports/\d+/$"), timeout=60_000)

    assert visitor.faults(page, language) == []
    for form in ("html", "pdf", "docx", "json"):
        assert page.context.request.get(f"{page.url}{form}/").status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_campaign_is_split_by_a_person_and_the_grouping_undone(language: str, site: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    page.goto(site.address + "/campaigns/")
    page.locator("#main table.data tbody a").first.click()
    page.locator(".acts a[href$='/split/']").click()

    page.locator("#main button[type=submit]").click()
    refused = visitor.faults(page, language, status=400)
    page.locator("input[name=incident]").first.check()
    page.locator("#main textarea").fill("A reason for this test.")
    page.locator("#main button[type=submit]").click()
    made = visitor.faults(page, language)
    _decide(page.locator("details.decide"), "A reason for taking it back.")
    undone = visitor.faults(page, language)

    assert [refused, made, undone] == [[], [], []]


@pytest.mark.parametrize(("language", "thousand", "decimal"), [("nl", "1.000", ","), ("en", "1,000", ".")])
def test_charts_write_numbers_as_the_language_of_the_page_does(
    language: str, thousand: str, decimal: str, site: Site, visitor: Visitor
) -> None:
    page = visitor.page("analyst", language)
    page.goto(f"{site.address}/campaigns/")
    page.locator("#main table.data tbody a").first.click()

    plot = page.locator("figure[data-chart^='null-chart'] .plot svg")
    expect(plot).to_be_visible()
    told = plot.locator("text").all_text_contents()

    assert thousand in told
    assert {f"0{decimal}4", f"2{decimal}0"} <= set(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_of_a_campaign_without_a_feature_has_an_address(
    language: str, site: Site, visitor: Visitor
) -> None:
    page = visitor.page("analyst", language)
    page.goto(site.address + "/campaigns/")
    page.locator("#main table.data tbody a").first.click()
    page.locator(".tabs a[href*='/what-if/']").click()

    page.locator("input[name=without_feature]").first.check()
    page.locator("#main form[action$='/ask/'] button[type=submit]").click()
    answered = visitor.faults(page, language)

    expect(page.locator("table.before-after")).to_be_visible()
    assert "without_feature=" in page.url
    page.locator("#main a[href*='/runs/compare/']").click()
    compared = visitor.faults(page, language)
    assert [answered, compared] == [[], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_campaign_is_accepted_and_the_decision_undone(language: str, site: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    page.goto(site.address + "/campaigns/")
    page.locator("#main table.data tbody a").first.click()

    _decide(page.locator("details.decide").last, "")
    refused = visitor.faults(page, language, status=400)
    _decide(page.locator("details.decide[open]"), "A reason for this test.")
    accepted = visitor.faults(page, language)
    page.locator(".tabs a[href*='/history/']").click()
    history = visitor.faults(page, language)
    page.locator(".tabs li:nth-child(1) a").click()
    _decide(page.locator("details.decide"), "A reason for taking it back.")
    undone = visitor.faults(page, language)

    assert [refused, accepted, history, undone] == [[], [], [], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_answered_and_an_edition_frozen_made_again_and_freed(
    language: str, site: Site, visitor: Visitor
) -> None:
    page = visitor.page("analyst", language)
    page.goto(site.address + "/risk/cycle/trace/STM-081/")
    page.locator("#main table.data details").first.locator("summary").click()
    page.locator("#main table.data details form button").first.click()
    refused = visitor.faults(page, language, status=400)
    page.locator("#main details[open] input[name=reason]").fill("A reason for this test.")
    page.locator("#main details[open] form button").click()
    answered = visitor.faults(page, language)
    _take_back(page.locator("#main details:has(form[action*='/withdraw/'])").first)

    page.goto(site.address + "/risk/cycle/phases/letter-2022-11-28/")
    _take_back(page.locator("#main details:has(form[action$='/freeze/'])"))
    frozen = visitor.faults(page, language)
    page.locator("#main form[action$='/again/'] button").first.click()
    remade = visitor.faults(page, language)
    expect(page.locator("#main .message.success .digest")).to_be_visible()
    page.goto(site.address + "/risk/cycle/phases/letter-2022-11-28/")
    _take_back(page.locator("#main details:has(form[action*='/frozen/'])"))
    freed = visitor.faults(page, language)

    assert [refused, answered, frozen, remade, freed] == [[], [], [], [], []]


def test_the_health_page_answers_without_an_account(site: Site, visitor: Visitor) -> None:
    context = visitor.browser.new_context()
    speak(context, site.address, "nl")

    answer = context.request.get(site.address + "/health/")

    assert answer.status == 200
    context.close()


def _decide(details: Locator, reason: str) -> None:
    """Open the form of a decision if it is folded, write the reason and send it."""
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("textarea").fill(reason)
    details.locator("button[type=submit]").click()


def _take_back(details: Locator) -> None:
    """Open the form, write the reason and send it."""
    details.locator("summary").click()
    details.locator("input[name=reason]").fill("A reason for this test.")
    details.locator("form button[type=submit]").click()


def _work(site: Site) -> None:
    """Do the waiting jobs, as the worker does beside a server."""
    environment = os.environ | {"VERBAND_WORKSPACE": str(site.workspace)}
    command = [sys.executable, "-m", "verband", "worker", "--once", "--workspace", str(site.workspace)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield namespace + str(pattern.name)
