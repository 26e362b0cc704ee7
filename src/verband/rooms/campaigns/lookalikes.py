"""Proposed campaigns that look alike and may be waves of one: the run's hint to whoever may merge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verband.rooms.campaigns import wording
from verband.rooms.campaigns.models import Campaign, Run
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

_NAMED = 3


@dataclass(frozen=True)
class Lookalike:
    """Two campaigns of one run with their titles in the reader's language.

    `bans`: what the mean pair of incidents across them weighs, dates left out. `words`: what both have.
    """

    first: str
    first_title: str
    second: str
    second_title: str
    bans: float
    words: str

    @property
    def factor(self) -> float:
        """How many times likelier such a pair is in one campaign than in two."""
        return float(10.0**self.bans)


def of_campaign(view: CampaignView, who: Reader, language: str) -> tuple[Lookalike, ...]:
    """Those that look like this campaign, which comes first in each, most alike first."""
    own = view.row.uuid
    found = [item for item in view.run.kin if own in (item["a"], item["b"])]
    turned = [item if item["a"] == own else {**item, "a": own, "b": item["a"]} for item in found]
    return _visible(view.run, turned, who, language)


def of_run(run: Run, who: Reader, language: str) -> tuple[Lookalike, ...]:
    """All pairs of the run, most alike first."""
    return _visible(run, run.kin, who, language)


def _visible(run: Run, found: Sequence[Mapping[str, Any]], who: Reader, language: str) -> tuple[Lookalike, ...]:
    wanted = {item[side] for item in found for side in ("a", "b")}
    rows = Campaign.objects.filter(run=run, uuid__in=wanted, marking_id__in=picture.visible_markings(who.ceiling))
    titles = {str(row.uuid): row.title_nl if language == "nl" else row.title_en for row in rows}
    return tuple(
        Lookalike(item["a"], titles[item["a"]], item["b"], titles[item["b"]], item["bans"], _words(item, language))
        for item in found
        if item["a"] in titles and item["b"] in titles
    )


def _words(item: Mapping[str, Any], language: str) -> str:
    words = [
        wording.value_word(one["feature"], one["value"], {(one["feature"], one["value"]): one["stated"]}, language)
        for one in item["shared"]
        if one["feature"] not in wording.CLOSENESS
    ]
    return wording.listed([f"“{word}”" for word in wording.distinct(words)[:_NAMED]], language)
