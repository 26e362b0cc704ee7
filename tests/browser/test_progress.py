"""A promise is followed and a progress letter goes from draft to sent in Chromium, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor, send

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R104")]
LANGUAGES = ("nl", "en")
DAY = "2026-01-15"


@pytest.mark.requirement("R103")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_opened_filled_agreed_and_sent_without_a_fault_on_the_way(
    language: str, site: Site, visitor: Visitor
) -> None:
    page = visitor.page("analyst", language)
    found: list[list[str]] = []
    page.goto(f"{site.address}/measures/commitments/COM-091/")
    send(page, "keep", state="late", text=f"Moved ({language}).", source="", day=DAY)
    found.append(visitor.faults(page, language, status=400))
    expect(page.locator("#keep-source-error")).to_be_visible()
    send(page, "keep", source="Letter", day=DAY)
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/measures/letters/")
    send(page, "open", title=f"Progress ({language})", day=DAY, reason="It is due.")
    page.wait_for_url(re.compile(r"/letters/[0-9a-f]{16}/$"))
    found.append(visitor.faults(page, language))

    owners = page.locator("#contribute-owner option").evaluate_all("found => found.map(one => one.value)")[1:]
    for owner in owners:
        send(page, "contribute", owner=owner, text="Nothing new.", source="Mail", day=DAY)
    for step in ("agree", "send"):
        send(page, step, reason="Ready.")
        found.append(visitor.faults(page, language))

    assert len(owners) == 8
    expect(page.get_by_text(re.compile("SHA-256 [0-9a-f]{64}"))).to_be_visible()
    assert found == [[]] * len(found)
