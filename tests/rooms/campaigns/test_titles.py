"""Titles and sentences of a campaign."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rooms.campaigns.conftest import group
from verband.methods import connecting as method
from verband.rooms.campaigns import spelling, titles
from verband.rooms.picture import services as picture

Views = tuple[picture.IncidentView, ...]


def result(campaign: method.Campaign, **given: object) -> method.Result:
    values: dict[str, object] = {
        "method": "connecting",
        "version": "1",
        "parameters": method.Parameters(),
        "incidents": 6,
        "reports": 6,
        "comparisons": 18,
        "smallest_showable": 4,
        "campaigns": (campaign,),
        "null_best": (4.2, 5.1, 6.3, 3.9),
    }
    return method.Result(**(values | given))  # type: ignore[arg-type]


def test_title_names_shared_value_domain_number_and_years(incidents: Views) -> None:
    members, campaign = incidents[:3], group(incidents, (0, 1, 2), 9.0, 0.01)
    stated = spelling.stated_words(incidents)

    english = titles.title(campaign, members, stated, "en")
    dutch = titles.title(campaign, members, stated, "nl")

    assert english == "Anchor dragging · Estonia · maritime · 3 incidents, 2023-2025"
    assert dutch == "Anchor dragging · Estland · zee en havens · 3 incidenten, 2023-2025"


def test_stated_word_is_the_most_frequent_form(incidents: Views) -> None:
    stated = spelling.stated_words(incidents[:3])

    assert stated["means", "anchor dragging"] == "anchor dragging"
    assert spelling.stated_words(incidents[2:3])["means", "anchor dragging"] == "Anchor dragging"


@pytest.mark.requirement("P1")
def test_title_and_sentences_never_read_an_actor(incidents: Views) -> None:
    campaign = group(incidents, (0, 1, 2), 9.0, 0.01)
    blamed = method.LinkEvidence("actor", "some state", 9.0, (str(incidents[0].lead.id),), 2, 6)
    with_actor = replace(campaign, shared=(blamed,))
    stated = spelling.stated_words(incidents)

    assert titles.title(with_actor, incidents[:3], stated, "en") == titles.title(campaign, incidents[:3], stated, "en")
    assert "some state" not in str(titles.why_sentence(with_actor, result(with_actor), stated))


def test_reasons_are_ranked_and_carry_their_records(incidents: Views) -> None:
    campaign = group(incidents, (0, 1, 2), 9.0, 0.01)

    why = titles.why(campaign, result(campaign), spelling.stated_words(incidents))
    reasons = why["en"]["together"]

    assert [reason["feature"] for reason in reasons] == ["means", "time", "country"]
    assert reasons[0]["text"] == "3 of the 3 incidents name “anchor dragging” (means); no other report does."
    assert reasons[0]["records"] == [view.lead.id for view in incidents[:3]]
    assert reasons[0]["bans"] == 3.0
    assert reasons[1]["text"].startswith("2 of the 3 incidents lie closer together in time")
    assert all("differs" not in reason["feature"] for reason in reasons)


def test_one_is_said_as_one(incidents: Views) -> None:
    base = group(incidents, (0, 1, 2), 9.0, 0.01)
    alone = method.LinkEvidence("sector", "energy", 2.0, (str(incidents[0].lead.id),), 1, 6)
    campaign = replace(base, shared=(alone,), links=(), incidents=(0,), reports=3)

    why = titles.why(campaign, result(campaign, comparisons=1), {})

    assert why["en"]["together"][0]["text"].startswith("1 of the 1 incidents names “energy”")
    assert why["nl"]["together"][0]["text"].startswith("1 van de 1 incidenten noemt “energy”")
    assert why["en"]["facts"][0].startswith("1 group was compared;")
    assert why["nl"]["facts"][0].startswith("Er is 1 groep vergeleken;")
    assert titles.title(campaign, incidents[:1], {}, "en").endswith("1 incident, 2023")
    assert titles.title(campaign, incidents[:1], {}, "nl").endswith("1 incident, 2023")


def test_the_methods_own_weight_of_a_shared_value_wins(incidents: Views) -> None:
    campaign = group(incidents, (0, 1, 2), 9.0, 0.01)
    records = tuple(str(view.lead.id) for view in incidents[:3])
    own = method.LinkEvidence("country", "EE", 5.5, records, 6, 6)

    found = titles.shared_values(replace(campaign, shared=(own,)))

    assert (found[0].feature, found[0].bans, found[0].incidents) == ("country", 5.5, 3)


def test_coincidence_is_three_sentences_with_the_caveat_that_people_chose(incidents: Views) -> None:
    campaign = group(incidents, (0, 1, 2), 5.0, 0.6)

    why = titles.why(campaign, result(campaign), spelling.stated_words(incidents))

    assert len(why["en"]["coincidence"]) == len(why["nl"]["coincidence"]) == 3
    assert why["en"]["coincidence"][0].startswith("2 of 4 shuffled versions of this collection held a group")
    assert "how often a group like this arises by chance in this collection" in why["en"]["coincidence"][0]
    assert "hoe vaak zo'n groep in deze verzameling door toeval ontstaat" in why["nl"]["coincidence"][0]
    assert "People chose what is in this collection" in why["en"]["coincidence"][1]
    assert "Mensen hebben gekozen" in why["nl"]["coincidence"][1]
    assert why["en"]["facts"][0].startswith("18 groups were compared")
    assert "fewer than 4 separate reports" in why["en"]["facts"][1]


def test_why_is_one_sentence_with_the_phrase_of_chance(incidents: Views) -> None:
    campaign = group(incidents, (0, 1, 2), 9.0, 0.0083)

    found = titles.why_sentence(campaign, result(campaign), spelling.stated_words(incidents))

    assert found["en"] == (
        "3 incidents share “anchor dragging” and “Estonia”; how often a group like this arises by chance in this "
        "collection: 0.8 % of the time."
    )
    assert found["nl"].endswith("hoe vaak zo'n groep in deze verzameling door toeval ontstaat: 0,8 % van de keren.")


def test_two_values_of_one_stated_phrase_are_not_the_same_reason_twice(incidents: Views) -> None:
    records = tuple(str(view.lead.id) for view in incidents[:3])
    rows = tuple(
        method.LinkEvidence("means", key, bans, records, 3, 6) for key, bans in (("theft", 4.0), ("bribe", 3.0))
    )
    campaign = replace(group(incidents, (0, 1, 2), 9.0, 0.01), links=(), shared=rows)
    stated = {("means", "theft"): "bribed a thief", ("means", "bribe"): "bribed a thief"}

    reasons = titles.why(campaign, result(campaign), stated)["en"]["together"]

    assert [reason["value"] for reason in reasons] == ["bribed a thief", "bribe"]


def test_group_without_any_shared_value_still_has_a_title_and_a_sentence(incidents: Views) -> None:
    bare = method.Campaign(incidents=(0, 1), bans=1.0, p=1.0, e_value=0.5, links=())

    assert titles.title(bare, incidents[:2], {}, "en") == "Maritime · 2 incidents, 2023-2024"
    assert titles.why_sentence(bare, result(bare, null_best=()), {})["en"].startswith("2 incidents lie close together")
    assert len(titles.why(bare, result(bare, null_best=()), {})["nl"]["coincidence"]) == 3


def test_no_text_of_the_project_speaks_of_the_chance_that_it_is_coincidence() -> None:
    forbidden = re.compile(r"chance (that )?(this|it) is (a )?coincidence|kans dat (dit|het) toeval is", re.IGNORECASE)
    folder = Path(titles.__file__).parents[2]
    files = [path for ending in ("py", "html", "po", "toml", "js") for path in folder.rglob(f"*.{ending}")]

    found = [path.name for path in files if forbidden.search(path.read_text("utf-8"))]

    assert len(files) > 100
    assert found == []


def test_telling_word_of_a_phrase_is_said_as_it_stands_there(incidents: Views) -> None:
    target = picture.Value("target", "volkel air base", "Volkel Air Base")
    record = stating(incidents[0], target)

    stated = spelling.stated_words((record,))

    assert stated["target", "volkel"] == "Volkel"
    assert stated["target", "volkel air base"] == "Volkel Air Base"


def test_a_word_within_a_word_is_said_as_the_whole_word_that_stands_there(incidents: Views) -> None:
    rows = [picture.Value("modus", text.lower(), text) for text in ("Night-time arson", "night-time blast, filmed")]
    target = picture.Value("target", "port of antwerp-bruges", "Port of Antwerp-Bruges")
    city = picture.Value("target", "city of antwerp", "City of Antwerp")

    stated = spelling.stated_words([stating(incidents[0], rows[0], target), stating(incidents[1], rows[1], city)])

    assert stated["modus", "time"] == "Night-time"
    assert stated["target", "antwerp"] == "Antwerp"
    assert stated["target", "bruge"] == "Antwerp-Bruges"


def test_words_of_texts_are_said_whole_as_most_often_spelled(incidents: Views) -> None:
    texts = (("Attack on municipalities", "Municipalities and 15,000 phones"), ("Down", "The municipalities' e-mail"))
    members = [
        replace(view, records=(replace(view.lead, name=name, summary=summary),))
        for view, (name, summary) in zip(incidents, texts, strict=False)
    ]

    stated = spelling.text_words(members)

    assert stated[method.WORDING, "municipalitie"] == "municipalities"
    assert stated[method.WORDING, "mail"] == "e-mail"
    assert spelling.spelled(method.WORDING, "municipalitie, 15000", stated) == "municipalities, 15,000"
    assert spelling.spelled(method.WORDING, "unseen", stated) == "unseen"


@pytest.mark.requirement("P1")
def test_no_name_of_an_actor_comes_along_with_a_word(incidents: Views) -> None:
    phrase = picture.Value("target", "russia-linked embassy in kyiv", "Russia-linked embassy in Kyiv")
    view = stating(incidents[0], phrase)
    named = replace(view, records=(replace(view.lead, summary="A Russia-linked crew"),))

    stated, texts = spelling.stated_words([named]), spelling.text_words([named])

    assert stated["target", "linked"] == "linked"
    assert stated["target", "linked embassy"] == "linked embassy"
    assert texts[method.WORDING, "linked"] == "linked"


def test_a_title_leaves_off_a_word_that_is_only_what_a_feature_is_called(incidents: Views) -> None:
    records = tuple(str(view.lead.id) for view in incidents[:3])
    rows = tuple(
        method.LinkEvidence(feature, value, bans, records, 3, 6)
        for feature, value, bans in (("modus", "time", 9.0), ("target", "embassy", 1.0))
    )
    campaign = replace(group(incidents, (0, 1, 2), 9.0, 0.01), links=(), shared=rows)

    bare = titles.title(campaign, incidents[:3], {}, "en")
    whole = titles.title(campaign, incidents[:3], {("modus", "time"): "Night-time"}, "en")

    assert bare == "Embassy · maritime · 3 incidents, 2023-2025"
    assert whole == "Night-time · embassy · maritime · 3 incidents, 2023-2025"


def stating(view: picture.IncidentView, *values: picture.Value) -> picture.IncidentView:
    """The incident with these values alone."""
    return replace(view, records=(replace(view.lead, values=values),))
