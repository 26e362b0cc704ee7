"""An entry goes into a register, is answered and taken back in Chromium, and a wrong file is shown line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor, send

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R038")]
LANGUAGES = ("nl", "en")
STEP = {"title": "Question to an embassy", "by": "A ministry", "towards": "An embassy", "happened": "2026-05-01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_is_kept_answered_and_its_reaction_taken_back(language: str, site: Site, visitor: Visitor) -> None:
    page, found = visitor.page("analyst", language), []
    page.goto(f"{site.address}/response/registers/diplomatic/")
    chosen = {"measure": "dialogue", "state": "done"}

    send(page, "add", **chosen, **STEP, text="This is a rogue state.", source="A letter")
    found.append(visitor.faults(page, language, status=400))
    expect(page.locator("textarea[name=text][aria-invalid=true]")).to_have_count(1)
    send(page, "add", text="Asked what happened.")
    found.append(visitor.faults(page, language))
    send(page, "step", state="reaction", happened="2026-05-04", source="A letter")
    found.append(visitor.faults(page, language))
    expect(page.locator("section[aria-labelledby=pairs] strong")).to_contain_text("3")
    send(page, "withdraw-step", reason="Misread")
    found.append(visitor.faults(page, language))
    send(page, "withdraw", reason="A test")
    found.append(visitor.faults(page, language))

    assert found == [[]] * 5


@pytest.mark.requirement("R037")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_is_shown_with_line_and_field(language: str, site: Site, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page("analyst", language)
    file = tmp_path / "rows.csv"
    head = "title,party_kind,party,regime,state,happened,until,source\n"
    file.write_text(f"{head}A listing,person,Somebody,A regime,listed,2026,2026-07-01,A decision\n")

    page.goto(f"{site.address}/response/registers/sanctions/")
    page.set_input_files("#import-file", file)
    page.locator("form[action$='/act/import/'] button").click()
    page.wait_for_load_state()

    assert visitor.faults(page, language, status=400) == []
    expect(page.locator("section[aria-labelledby=refused] tbody tr")).to_have_text([_LINE[language]])


_LINE = {
    "nl": "2party_kindPersonen staan niet in dit register. Vul het regime, de organisatie of de staat in; "
    "een lijst met personen blijft waar die is gepubliceerd.",
    "en": "2party_kindPersons are not held in this register. Enter the regime, the organisation or the state; "
    "a list of persons stays where it is published.",
}
