"""An indicator warns and a picture is spoken about, in Chromium and in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor, send

pytestmark = pytest.mark.browser
LANGUAGES = ("nl", "en")


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@pytest.mark.requirement("R097")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_level_goes_up_by_rule_and_confirmation(language: str, site: Site, visitor: Visitor) -> None:
    page = visitor.page("analyst", language)
    page.goto(site.address + "/risk/watch/indicators/")
    sign = {"statement": f"Calls that ask for a code ({language})", "theme": "digital_threats", "unit": "calls"}
    lawful = {"collectable": "Figures of the desk", "observer": "The desk", "lawful_ground": "Own records"}
    rule = {"raised_at": "10", "margin": "2", "in_a_row": "1", "expires_on": day(90), "marking": "CLEAR"}

    send(page, "indicator", **{**sign, "statement": "More protest in town"}, **lawful, **rule)
    refused = visitor.faults(page, language, status=400)
    send(page, "indicator", **sign, **lawful, **rule, **{"expected-criminal": "C", "expected-coincidence": "I"})
    made = visitor.faults(page, language)
    page.get_by_role("link", name=sign["statement"]).click()
    send(page, "observe", value="12", seen="Counted")
    proposed = visitor.faults(page, language)
    send(page, "confirm", reason="Above ten")
    confirmed = visitor.faults(page, language)

    assert [refused, made, proposed, confirmed] == [[], [], [], []]
    expect(page.locator("#main")).to_contain_text("Above ten")
    expect(page.locator("form[action='/risk/watch/act/confirm/']")).to_have_count(0)


@pytest.mark.requirement("R018")
@pytest.mark.parametrize("language", LANGUAGES)
def test_dissent_of_a_party_stays_on_the_picture(language: str, site: Site, visitor: Visitor) -> None:
    page, partner = visitor.page("analyst", language), visitor.page("partner", language)
    title = f"Digital threats ({language})"
    page.goto(site.address + "/risk/watch/pictures/")
    send(page, "picture", title=title, theme="digital_threats", valid_until=day(30), marking="CLEAR")
    page.get_by_role("link", name=title).click()
    page.wait_for_url(re.compile(r"/pictures/\d+/$"))

    send(page, "line", text="Attacks on operators grew.", source="Own collection")
    drafted = visitor.faults(page, language)
    send(page, "propose")
    partner.goto(page.url)
    send(partner, "speak", verdict="dissent", reason="Reports grew, which is not the same")
    page.reload()
    spoken = visitor.faults(page, language)

    assert [drafted, spoken] == [[], []]
    expect(page.locator("#main")).to_contain_text("Reports grew, which is not the same")
