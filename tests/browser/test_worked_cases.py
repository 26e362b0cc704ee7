"""Four cases go from a campaign to an evaluated effect in Chromium, by four accounts with different roles."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor, send, verband_in
from tests.browser.worked import CASES, Worked

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R028"), pytest.mark.requirement("R107")]
_ASKED = ("expected", "happened", "difference", "cooperation", "lessons", "source", "why_no_action")


@pytest.mark.requirement("R030")
@pytest.mark.requirement("R118")
@pytest.mark.parametrize("worked", CASES, ids=[one.accent for one in CASES])
def test_a_case_goes_from_campaign_to_evaluated_effect(worked: Worked, site: Site, visitor: Visitor) -> None:
    language = worked.language
    analyst, decider, executor, overseer = (
        visitor.page(role, language) for role in ("analyst", worked.decider, "executor", "oversight")
    )
    found: list[list[str]] = []

    def look(page: Page, *, status: int = 200) -> None:
        found.append(visitor.faults(page, language, status=status))

    campaign = _accepted_campaign(analyst, site, worked)
    look(analyst)
    case = _open_case(analyst, site, worked, campaign)
    look(analyst)
    key = case.rstrip("/").rpartition("/")[2]
    for option in worked.options:
        _write_option(analyst, case, option.instrument, _told(worked, option.instrument))
        look(analyst)
    _explain_pillars(analyst)
    _make_package(analyst, worked)
    look(analyst)
    advice = {"chances": "Partners say the same.", "risks": "A like step follows.", "allied": "Asked first."}
    send(analyst, "advise", **advice, reason="Complete and asked around.")
    look(analyst)

    # Nobody but the competent account may decide: the other decision maker is told why.
    other = visitor.page("prosecutor" if worked.decider == "decider" else "decider", language)
    other.goto(case)
    expect(other.locator("form[action$='/act/decide/']")).to_have_count(0)
    decider.goto(case)
    look(decider)
    send(decider, "decide", outcome="yes", text="Go on as advised.", conditions="Not alone.", reason="In proportion.")
    look(decider)
    executor.goto(case)
    send(executor, "execute", reason="Carried out as decided.")
    look(executor)
    analyst.goto(case)
    today = datetime.now(UTC).date().isoformat()
    send(analyst, "effect", observed_on=today, seen="Nothing yet.", verdict="not_seen", source="Example")
    send(analyst, "follow", reason="Looked at on its day.")
    send(analyst, "close", reason="Ended.")
    look(analyst)
    documents = _documents(analyst, case)
    analyst.goto(f"{site.address}/response/evaluation/case/{key}/")
    send(analyst, "write", **{name: f"Words about {name}" for name in _ASKED})
    send(analyst, "close", reason="Evaluated.")
    look(analyst)
    overseer.goto(f"{case}trail/")
    look(overseer)

    assert [one for one in found if one] == []
    assert documents == {"option-note", "eu-nato-proposal", "decision-note", "response-letter"}
    expect(overseer.locator("tbody tr")).to_have_count(6)
    told = json.loads(verband_in(site, "respond", "show", key, "--json"))
    assert [step["state"] for step in told["steps"]] == [
        *("prepared", "advised", "decided_yes", "executed", "followed", "closed")
    ]
    assert "Go on as advised." in verband_in(site, "respond", "show", key)
    assert f"{key}  {worked.title}" in verband_in(site, "respond", "list")


def _accepted_campaign(page: Page, site: Site, worked: Worked) -> str:
    """The campaign that holds the incident as the origin of a case, once the analyst has accepted it with a reason."""
    page.goto(f"{site.address}/campaigns/")
    links = page.locator("table.campaigns td:first-child a").evaluate_all("found => found.map(one => one.href)")
    for link in links:
        page.goto(f"{link}incidents/")
        if page.locator("main", has_text=worked.incident).count():
            break
    page.goto(link)
    form = page.locator("form[action$='/decide/']:has(input[value=accept])")
    form.locator("xpath=ancestor::details").locator("summary").click()
    form.locator("[name=reason]").fill("The sources tell of one pattern (example).")
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    return str(page.locator("a[href*='/risk/watch/scope/']").first.get_attribute("href")).split("/")[4]


def _open_case(page: Page, site: Site, worked: Worked, origin: str) -> str:
    page.goto(f"{site.address}/risk/watch/scope/{origin}/")
    send(page, "scope", step="reasoned", outcome="potential", route="direct", reasons="Vital interests are touched.")
    page.goto(f"{site.address}/response/new/?origin={origin}")
    words = {"title": worked.title, "question": worked.question, "severity_reason": "Repeated over months."}
    send(page, "case", **words, severity="serious", aims=["stop", "mitigate"], accents=[worked.accent])
    page.wait_for_url(re.compile(r"/response/[0-9a-f]{16}/$"))
    case = page.url
    for area in ("foreign_affairs", "justice"):
        send(page, "area", area=area, answer="answered", text="No objection", party="Ministry (example)")
    return case


def _told(worked: Worked, instrument: str) -> dict[str, str]:
    option = next(one for one in worked.options if one.instrument == instrument)
    told = {name: getattr(option, name) for name in ("what", "theory", "downside", "channel", "eu_type")}
    told |= {name: f"Example: {name}." for name in ("proportionality", "alternative", "chances", "risks", "reaction")}
    return told | {"indicator": "What partners report", "source": "Own reading of the public sources"}


def _write_option(page: Page, case: str, instrument: str, told: dict[str, str]) -> None:
    page.goto(case)
    page.locator("#instrument").select_option(instrument)
    page.locator("form[action$='/option/'] button").click()
    page.wait_for_load_state()
    send(page, "option", **told)


def _explain_pillars(page: Page) -> None:
    """Give a reason for each pillar of the FIMI toolbox that no option serves."""
    while page.locator("form[action$='/act/pillar-reason/']").count():
        first = page.locator("form[action$='/act/pillar-reason/'] select[name=pillar] option").nth(1)
        pillar = first.get_attribute("value") or ""
        send(page, "pillar-reason", pillar=pillar, reason="Others do this already (example).", source="Example")


def _make_package(page: Page, worked: Worked) -> None:
    """Put the options of the package together: a box is known by what its option says."""
    boxes = page.locator("form[action$='/act/package/'] label.check:has(input[name=options])").all()
    wanted = [one.what[:40] for one in worked.options if one.instrument in worked.package]
    chosen = [
        str(box.locator("input").get_attribute("value"))
        for box in boxes
        if any(what in str(box.text_content()) for what in wanted)
    ]
    assert len(chosen) == len(worked.package)
    send(page, "package", title="Package (example)", options=chosen, **(worked.competent or {}))


def _documents(page: Page, case: str) -> set[str]:
    """The kinds of document that are made from the case, each opened and taken out as pdf and docx."""
    made = set()
    for at in range(4):
        page.goto(case)
        form = page.locator("form[action$='/reports/make/']").nth(at)
        made.add(form.locator("input[name=kind]").get_attribute("value") or "")
        form.locator("button").click()
        page.wait_for_url(re.compile(r"/reports/\d+/$"), timeout=60_000)
        pdf = page.context.request.get(f"{page.url}pdf/")
        docx = page.context.request.get(f"{page.url}docx/")
        assert pdf.status == docx.status == 200
        assert pdf.body().startswith(b"%PDF-")
        with zipfile.ZipFile(BytesIO(docx.body())) as parts:
            assert "word/document.xml" in parts.namelist()
    return made
