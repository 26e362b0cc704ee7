"""A case goes from the scope test to a decision and its effect in Chromium, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor, send

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R028")]
LANGUAGES = ("nl", "en")
#: A gap of its own for each language, so that the two runs do not meet.
GAPS = {"nl": "gap--economic_security--digital_threats", "en": "gap--territorial_security--state_threats"}


@pytest.mark.requirement("R030")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_advised_decided_executed_and_looked_at(language: str, site: Site, visitor: Visitor) -> None:
    page, decider = visitor.page("analyst", language), visitor.page("decider", language)
    found: list[list[str]] = []
    page.goto(f"{site.address}/risk/watch/scope/{GAPS[language]}/")
    test = {"step": "reasoned", "outcome": "potential", "route": "direct", "reasons": "A gap in a vital interest."}
    send(page, "scope", **test)
    page.goto(f"{site.address}/response/new/?origin={GAPS[language]}")
    asked = {"title": f"What to do about the gap ({language})", "question": "What can be done?"}
    send(page, "case", **asked, severity="considerable", severity_reason="Vital", aims=["stop"], accents=["generic"])
    page.wait_for_url(re.compile(r"/response/[0-9a-f]{16}/$"))
    case = page.url
    found.append(visitor.faults(page, language))
    for area in ("justice", "economy"):
        send(page, "area", area=area, answer="answered", text="No objection", party="Ministry")

    for instrument in ("dialogue", "expulsion"):
        page.locator("#instrument").select_option(instrument)
        page.locator("form[action$='/option/'] button").click()
        page.wait_for_load_state()
        found.append(visitor.faults(page, language))
        texts = "what theory proportionality alternative chances risks downside reaction indicator source"
        told = {name: f"Words about {name}" for name in texts.split()}
        if instrument == "dialogue":
            send(page, "option", **told | {"downside": ""}, channel="bilateral")
            found.append(visitor.faults(page, language, status=400))
            expect(page.locator("textarea[name=downside][aria-invalid=true]")).to_have_count(1)
        send(page, "option", **told, channel="bilateral")
    send(page, "package", title="Talk first", options=[])
    send(page, "advise", chances="Some", risks="Few", reason="Complete")
    found.append(visitor.faults(page, language, status=400))
    send(page, "advise", chances="Some", risks="Few", allied="Asked first", reason="Complete")
    decider.goto(case)
    found.append(visitor.faults(decider, language))
    send(decider, "decide", outcome="yes", text="Do it.", conditions="Openly", reason="In proportion")
    found.append(visitor.faults(decider, language))
    page.goto(case)
    send(page, "execute", reason="Asked")
    today = datetime.now(UTC).date().isoformat()
    send(page, "effect", observed_on=today, seen="No answer yet", verdict="not_seen", source="Own reading")
    found.append(visitor.faults(page, language))
    page.locator(".tabs a[href$='/trail/']").click()
    page.wait_for_load_state()
    found.append(visitor.faults(page, language))
    expect(page.locator("#steps")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(4)
    page.goto(f"{site.address}/response/")
    found.append(visitor.faults(page, language))
    page.goto(case)
    page.locator("a[href*='/option/']").first.click()
    page.wait_for_load_state()
    found.append(visitor.faults(page, language))

    assert [one for one in found if one] == []
