"""Campaigns and links in plain sentences, Dutch and English: why together, and why it could be coincidence."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from verband.language.decimals import marked

from .model import Campaign, Capped, Incident, Link, Result
from .table import TABLE

LANGUAGES = ("nl", "en")
SHOWN = 6


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("texts.toml").read_text(encoding="utf-8"))


def _say(language: str, key: str, **values: object) -> str:
    return str(_texts()[language][key]).format(**values)


def _count(language: str, key: str, **values: object) -> str:
    """The sentence for the one number among the values, which has another one where that is 1."""
    (number,) = values.values()
    return _say(language, f"{key}_one" if str(number) == "1" else key, **values)


def feature_name(feature: str, language: str) -> str:
    """The feature in plain words; the key itself where there are none."""
    names: dict[str, str] = _texts()[language]["features"]
    return names.get(feature, feature)


def how_often(campaign: Campaign, result: Result, language: str) -> str:
    """How often a group this strong arises by chance in this collection, in one or two sentences."""
    worlds = len(result.null_best)
    times = beaten(campaign.p, worlds)
    return _say(language, "how_often" if times else "never", times=times, worlds=worlds)


def beaten(p: float, worlds: int) -> int:
    """In how many of the shuffled worlds a group at least this strong was found."""
    return max(0, round(p * (worlds + 1)) - 1)


def how_many(campaign: Campaign, language: str) -> str:
    """How many groups this strong there are here and, on average, in a shuffled world."""
    expected = f"{campaign.expected:.2f}" if campaign.expected >= 0.005 else "0"
    return _say(
        language,
        "how_many",
        rank=campaign.rank,
        expected=marked(expected, language),
    )


def fixed(language: str) -> str:
    """What is tested in a thin collection."""
    return _say(language, "fixed")


def why_together(campaign: Campaign, incidents: Sequence[Incident], language: str) -> list[str]:
    """Sentences, the weightiest first: each value that is shared, how many share it, how common it is; then time."""
    out = []
    for item in campaign.shared[:SHOWN]:
        count = sum(
            any(row.feature == item.feature and row.value == item.value for row in incidents[place].evidence)
            for place in _one_of_each(campaign)
        )
        rare = item.df <= count
        out.append(
            _say(
                language,
                "together_rare" if rare else "together",
                count=count,
                size=campaign.reports,
                feature=feature_name(item.feature, language),
                value=item.value,
                df=item.df,
                n=item.n,
            )
        )
    starts = [start for place in campaign.incidents if (start := incidents[place].start) is not None]
    out.append(
        _count(language, "span", days=max(1, round(max(starts) - min(starts))))
        if len(starts) == len(campaign.incidents)
        else _say(language, "no_span")
    )
    repeats = len(campaign.incidents) - campaign.reports
    if repeats:
        out.append(_count(language, "merged", count=repeats))
    return out


def _one_of_each(campaign: Campaign) -> list[int]:
    """One incident for each report of the campaign."""
    repeats = {place for group in campaign.merged for place in group[1:]}
    return [place for place in campaign.incidents if place not in repeats]


def why_coincidence(language: str) -> list[str]:
    """Three plain sentences that hold for every group: the collection was chosen, attention, and a common cause."""
    return [_say(language, key) for key in ("chosen", "attention", "common_cause")]


def promise(result: Result, language: str) -> str:
    """What the false discovery rate of the run promises over all its proposals."""
    return _say(language, "promise", share=f"{100 * result.parameters.fdr:.0f}")


def smallest(result: Result, language: str) -> str:
    """What this collection could not have shown."""
    return showable(result.smallest_showable, result.parameters.largest, language)


def showable(smallest: int, largest: int, language: str) -> str:
    """What a collection could not have shown whose smallest showable campaign has that many separate reports."""
    if smallest > largest:
        return _say(language, "none_showable", largest=largest)
    return _say(language, "showable", count=smallest)


def capped(values: Sequence[Capped], many: int, language: str) -> str:
    """Which values were too common to make pairs from, `many` in all; empty where there are none."""
    if not values:
        return ""
    said = [
        _say(
            language,
            "capped_value",
            feature=feature_name(item.feature, language),
            value=item.value,
            df=item.df,
            n=item.n,
        )
        for item in values[:SHOWN]
    ]
    left = max(many, len(values)) - len(said)
    more = [_say(language, "capped_more", count=left)] if left else []
    return _say(language, "capped", values="; ".join([*said, *more]))


def repeated(result: Result, language: str) -> str:
    """How many incidents were read as repeats of others; empty where none was."""
    count = sum(len(places) - 1 for places in result.repeats)
    if not count:
        return ""
    return _count(language, "repeated", count=count)


def why(campaign: Campaign, incidents: Sequence[Incident], result: Result, language: str) -> str:
    """The campaign in one paragraph: the three strongest reasons, how often by chance, and the caveat."""
    return " ".join(
        [
            *why_together(campaign, incidents, language)[:3],
            how_often(campaign, result, language),
            why_coincidence(language)[0],
        ]
    )


def why_linked(link: Link, language: str) -> list[str]:
    """Sentences for one link: what both have, how far apart they are, what differs, and what it comes to."""
    out = []
    for item in link.evidence:
        name = feature_name(item.feature, language)
        if item.feature == "time":
            out.append(_count(language, "link_time", days=item.value))
        elif item.feature == "differs":
            out.append(_say(language, "link_differs", feature=feature_name(_first_of_block(item.value), language)))
        else:
            out.append(_say(language, "link", feature=name, value=item.value, df=item.df, n=item.n))
    out.append(_say(language, "link_strength", factor=_factor(link.bans)))
    return out


def _first_of_block(block: str) -> str:
    return next((row.name for row in TABLE.values() if row.block == block), block)


def _factor(bans: float) -> str:
    """10 to the power of `bans`, to one figure, as a plain number."""
    value: float = 10.0 ** min(bans, 6.0)
    if value < 10:
        return f"{value:.1f}"
    digits = len(str(int(value))) - 1
    return f"{round(value, -digits):.0f}"
