"""Why a run could propose nothing: each case its own sentence, on the page as on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.contract.conftest import NOW, analyst, incident, store
from verband.rooms.campaigns import run_words
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Run
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader

__all__ = ["analyst", "store"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("run", "first_words"),
    [
        (Run(incidents=0, different=0, dated=0), ["There was no incident to read:"]),
        (Run(incidents=1, different=1, dated=0), ["There was one incident to read,"]),
        (Run(incidents=12, different=1, dated=12), ["All 12 incidents say exactly the same"]),
        (Run(incidents=40, different=40, dated=0), ["None of the 40 incidents has a date,"]),
        (
            Run(incidents=12, different=1, dated=0),
            ["All 12 incidents say exactly the same", "None of the 12 incidents has a date,"],
        ),
        (Run(incidents=12, different=9, dated=1), []),
        (Run(incidents=12), []),
    ],
)
def test_each_case_of_too_little_has_its_own_sentence(run: Run, first_words: list[str]) -> None:
    with translation.override("en"):
        said = run_words.too_little(run)

    assert len(said) == len(first_words)
    assert all(sentence.startswith(words) for sentence, words in zip(said, first_words, strict=True))


def test_the_page_of_a_run_of_one_incident_says_so_in_the_readers_language(
    store: Callable[..., object], analyst: Reader
) -> None:
    store([incident("a")])
    campaigns.run_for_everyone(who=analyst, now=NOW)

    pages = []
    for language in ("en", "nl"):
        browser = Client(headers={"accept-language": language})
        browser.force_login(people.person("ann"))
        pages.append(browser.get("/campaigns/").content.decode())

    assert "There was one incident to read, and one alone belongs with nothing" in pages[0]
    assert "Er was één incident te lezen, en één alleen hoort nergens bij" in pages[1]
    assert "Either everything is decided" not in pages[0]
    assert "1 incident was read and 0 groups compared." in pages[0]
    assert "1 incident is gelezen en 0 groepen vergeleken." in pages[1]


def test_no_page_of_campaigns_puts_a_number_before_a_plural_without_counting() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "campaigns"
    uncounted = re.compile(
        r"{% blocktranslate(?! count)[^%]*%}(?:(?!{% end).)*}} (?:shared |new )?"
        r"(?:incidents|campaigns|groups|reports|values|runs|nights)\b(?:(?!{% end).)*{% end"
    )

    files = list(folder.glob("*.html"))
    found = [(path.name, match.group()) for path in files for match in uncounted.finditer(path.read_text("utf-8"))]

    assert len(files) > 20
    assert found == []
