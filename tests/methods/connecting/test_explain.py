"""The sentences: what they say, and what they may never say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from verband.methods.connecting import Campaign, Evidence, Incident, Link, LinkEvidence, Parameters, Result, explain

FORBIDDEN = re.compile(r"chance that (this|it) is (a )?coincidence|kans dat (dit|het) (op )?toeval", re.IGNORECASE)
HOW_OFTEN = {
    "en": "how often a group like this arises by chance in this collection",
    "nl": "hoe vaak zo'n groep in deze verzameling door toeval ontstaat",
}

VALUE = LinkEvidence("malware", "wiper-x", 1.9, ("r0", "r1"), 2, 40)
LINK = Link(
    0, 1, 2.2, (VALUE, LinkEvidence("time", "3", 0.5, (), 0, 40), LinkEvidence("differs", "place", -0.2, (), 0, 40))
)
CAMPAIGN = Campaign((0, 1, 2), 4.2, 0.0125, 40.0, (LINK,), reports=3, shared=(VALUE,))
RESULT = Result("connecting", "1", Parameters(), 40, 40, 5, 4, (CAMPAIGN,), (), (1.0,) * 79)
INCIDENTS = [
    Incident(f"i{n}", "cyber", float(n), float(n), evidence=(Evidence("malware", "wiper-x", f"r{n}"),))
    for n in range(3)
]


def everything(language: str) -> str:
    return " ".join(
        [
            *explain.why_together(CAMPAIGN, INCIDENTS, language),
            *explain.why_coincidence(language),
            *explain.why_linked(LINK, language),
            explain.how_often(CAMPAIGN, RESULT, language),
            explain.smallest(RESULT, language),
            explain.why(CAMPAIGN, INCIDENTS, RESULT, language),
        ]
    )


@pytest.mark.parametrize("language", explain.LANGUAGES)
def test_no_sentence_speaks_of_the_chance_that_it_is_coincidence(language: str) -> None:
    assert not FORBIDDEN.search(everything(language))
    assert not FORBIDDEN.search(str(explain._texts()))


@pytest.mark.parametrize("language", explain.LANGUAGES)
def test_the_fixed_phrase_and_the_caveat_of_choice_are_always_there(language: str) -> None:
    said = explain.why(CAMPAIGN, INCIDENTS, RESULT, language)

    assert HOW_OFTEN[language] in said
    assert explain.why_coincidence(language)[0] in said
    assert len(explain.why_coincidence(language)) == 3


def test_a_link_says_what_is_shared_how_far_apart_and_what_differs() -> None:
    assert explain.why_linked(LINK, "en") == [
        "Both have malware “wiper-x” (2 of 40 reports).",
        "They are 3 days apart.",
        "Their place differs.",
        "Together this makes it 200 times as likely that one campaign is behind both than that each stands alone.",
    ]


def test_nought_of_many_worlds_is_said_as_less_than_once() -> None:
    assert "less than once in 79" in explain.how_often(CAMPAIGN, RESULT, "en")


@pytest.mark.parametrize(
    ("language", "none"), [("en", "any campaign of up to 40"), ("nl", "geen enkele campagne tot 40")]
)
def test_a_collection_that_could_show_none_says_so(language: str, none: str) -> None:
    assert none in explain.showable(41, 40, language)
    assert none not in explain.showable(40, 40, language)


def test_how_many_groups_are_this_strong_is_said_beside_how_many_chance_makes() -> None:
    group = replace(CAMPAIGN, rank=4, expected=0.068)

    assert (
        explain.how_many(group, "en") == "Groups at least this strong: 4 here, 0.07 on average in a shuffled version."
    )
    assert "0,07" in explain.how_many(group, "nl")


def test_one_day_is_said_as_one() -> None:
    link = Link(0, 1, 1.0, (LinkEvidence("time", "1", 1.0, (), 0, 9),))

    assert [explain.why_linked(link, language)[0] for language in explain.LANGUAGES] == [
        "Er zit 1 dag tussen.",
        "They are 1 day apart.",
    ]
