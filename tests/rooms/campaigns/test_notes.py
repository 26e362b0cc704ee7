"""Figures of a campaign that differ are explained on its page."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from verband.language.markings import CLEAR
from verband.rooms.campaigns import notes
from verband.rooms.campaigns.services import CampaignRow, CampaignView

ROW = CampaignRow(
    uuid="u",
    title_nl="t",
    title_en="t",
    n=5,
    domains=(),
    start=None,
    end=None,
    bans=3.4,
    strength=2.9,
    p=0.2,
    e_value=1.0,
    state="proposed",
    decided_by="",
    marking=CLEAR,
    rhythm=(),
    things=(),
)


def campaign(*, reports: int = 4, worlds: int = 19, thin: bool = False, **changes: Any) -> CampaignView:
    run: Any = SimpleNamespace(null_best=[0.0] * worlds, thin=thin)
    why = {"en": {"reports": reports}, "nl": {"reports": reports}}
    return CampaignView(replace(ROW, **changes), run, (), (), why, ())


@pytest.mark.parametrize(
    ("language", "words"), [("en", "5 incidents are 4 reports"), ("nl", "5 incidenten zijn 4 meldingen")]
)
def test_incidents_that_were_read_as_one_report_are_said(language: str, words: str) -> None:
    with override(language):
        assert words in notes.repeats(campaign(), language)
        assert notes.repeats(campaign(reports=5), language) == ""


def test_the_collection_itself_counts_as_one_more_version() -> None:
    with override("en"):
        assert "3 of 19 becomes (3 + 1) / (19 + 1) = 20 %" in notes.share(campaign(), "en")
        assert "33 of 999 becomes (33 + 1) / (999 + 1) = 3.4 %" in notes.share(campaign(worlds=999, p=0.034), "en")
        assert notes.share(campaign(worlds=0), "en") == ""


def test_what_is_taken_off_before_the_comparison_is_said_where_anything_is() -> None:
    with override("en"):
        assert "0.5 bans are taken off (3.4 becomes 2.9)" in notes.allowance(campaign(), "en")
        assert notes.allowance(campaign(strength=3.4), "en") == ""
        assert notes.allowance(campaign(thin=True), "en") == ""
