"""An intervention from alert to closed, and a case with a note about the threshold to its closing, in Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor, send

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R041")]
LANGUAGES = ("nl", "en")
GAPS = {"nl": "gap--economic_security--polarisation", "en": "gap--economic_security--cbrn"}
_THING = "main a[href^='/incidents/things/incident--']"


def scope(page: Page, site: Site, origin: str) -> None:
    """Give the reasons in the scope test, once."""
    page.goto(f"{site.address}/risk/watch/scope/{origin}/")
    if page.locator("form[action$='/act/scope/'] select[name='step'] option[value='reasoned']").count():
        test = {"step": "reasoned", "outcome": "potential", "route": "direct", "reasons": "A vital interest."}
        send(page, "scope", **test)


@pytest.mark.requirement("R068")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_intervention_goes_from_alert_to_closed_and_is_evaluated(
    language: str, site: Site, visitor: Visitor
) -> None:
    page, decider = visitor.page("analyst", language), visitor.page("decider", language)
    found: list[list[str]] = []
    page.goto(f"{site.address}/incidents/")
    origin = str(page.locator(_THING).nth(LANGUAGES.index(language)).get_attribute("href")).split("/")[3]
    scope(page, site, origin)
    page.goto(f"{site.address}/response/mode/new/?origin={origin}")
    begun = {"title": f"Cable ({language})", "alert": "A cable was cut.", "source": "Coast guard"}
    send(page, "open", **begun, urgency="current", alerted_at="someday")
    found.append(visitor.faults(page, language, status=400))
    send(page, "open", **begun, urgency="current", alerted_at="")
    page.wait_for_url(re.compile(r"/response/mode/[0-9a-f]{16}/$"))
    mode = page.url
    found.append(visitor.faults(page, language))
    party = page.locator("select[name=organisation] option").nth(1).get_attribute("value") or ""

    send(page, "role", role="coordinates", organisation=party, function="Officer on duty")
    send(page, "go-on", reason="All are here")
    for kind in ("known", "not_known"):
        send(page, "line", kind=kind, text=f"Words that are {kind}", source="Coast guard")
    criminal = {"track": "criminal", "gate": "competent", "route": "police", "authority": party}
    send(page, "action", what="Stop the vessel", owner=party, **criminal)
    send(page, "action", what="Warn ports", owner=party, track="resilience", gate="competent")
    found.append(visitor.faults(page, language, status=400))
    send(page, "action", what="Warn ports", owner=party, track="resilience", gate="none", why_none="Public already")
    send(page, "go-on", reason="Agreed")
    found.append(visitor.faults(page, language))
    send(page, "execute", reason="Warned")
    send(page, "advise", reason="Complete")
    decider.goto(mode)
    found.append(visitor.faults(decider, language))
    expect(decider.locator("form[action$='/act/decide/']")).to_have_count(0)
    send(page, "close", reason="Over")
    found.append(visitor.faults(page, language, status=400))
    send(page, "empty-track", reason="Too early")
    texts = {name: f"Words about {name}" for name in ("function", "situation", "open_points", "agreements", "material")}
    send(page, "hand-over", organisation=party, **texts, passed_on=[])
    found.append(visitor.faults(page, language))
    send(page, "close", reason="Handed over")
    found.append(visitor.faults(page, language))
    expect(page.locator(".states li[aria-current=step]")).to_have_count(1)
    page.goto(f"{mode}hand-over/")
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/response/mode/")
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/response/evaluation/mode/{mode.rstrip('/').rpartition('/')[2]}/")
    found.append(visitor.faults(page, language))
    asked = ("expected", "happened", "difference", "cooperation", "lessons", "source")
    send(page, "write", **{name: f"Words about {name}" for name in asked})
    send(page, "lesson-mode", lesson="Ask earlier", what="A list", owner=party, due_on="2026-01-01")
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/response/evaluation/")
    found.append(visitor.faults(page, language))

    assert [one for one in found if one] == []


@pytest.mark.requirement("R034")
@pytest.mark.requirement("R039")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_gets_a_note_about_the_threshold_an_evaluation_and_is_closed(
    language: str, site: Site, visitor: Visitor
) -> None:
    page = visitor.page("analyst", language)
    found: list[list[str]] = []
    scope(page, site, GAPS[language])
    page.goto(f"{site.address}/response/new/?origin={GAPS[language]}")
    asked = {"title": f"A case to close ({language})", "question": "What can be done?"}
    send(page, "case", **asked, severity="considerable", severity_reason="Vital", aims=["stop"], accents=["generic"])
    page.wait_for_url(re.compile(r"/response/[0-9a-f]{16}/$"))
    key = page.url.rstrip("/").rpartition("/")[2]

    page.goto(f"{site.address}/response/attribution/threshold/{key}/")
    expect(page.locator("select[name=level]")).to_have_value("")
    found.append(visitor.faults(page, language))
    send(page, "note", level="near", grounds="Effects on vital processes", source="Own reading")
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/response/evaluation/case/{key}/")
    found.append(visitor.faults(page, language))
    send(page, "close", reason="Over")
    found.append(visitor.faults(page, language, status=400))
    words = ("expected", "happened", "difference", "cooperation", "lessons", "source", "why_no_action")
    send(page, "write", **{name: f"Words about {name}" for name in words})
    send(page, "close", reason="Over")
    found.append(visitor.faults(page, language))
    page.goto(f"{site.address}/response/{key}/")
    found.append(visitor.faults(page, language))
    expect(page.locator("form[action$='/act/area/']")).to_have_count(0)

    assert [one for one in found if one] == []
