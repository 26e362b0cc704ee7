"""What a campaign is called and why: titles and sentences made from what its incidents share, in Dutch and English.

A title names stated values, domains and years, never who is said to have done it: another actor gives the same title.
The words of chance are those of the definitions: how often a group like this arises by chance in this collection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from verband.language.catalogues import catalogue
from verband.methods import connecting as method
from verband.rooms.campaigns import wording
from verband.rooms.picture import services as picture

LANGUAGES = ("nl", "en")
CHANCE: Mapping[str, str] = {
    "nl": "hoe vaak zo'n groep in deze verzameling door toeval ontstaat",
    "en": "how often a group like this arises by chance in this collection",
}
_IN_TITLE = 2
#: Features that make a title only where nothing else is shared.
_BROAD = ("country", "sector", "place")
_KEPT = 40

Stated = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Shared:
    """A value that incidents of a campaign share: its weight in bans, how many of them state it, who else does."""

    feature: str
    value: str
    bans: float
    incidents: int
    df: int
    n: int
    records: tuple[int, ...]


def stated_words(views: Sequence[picture.IncidentView]) -> dict[tuple[str, str], str]:
    """For each feature and value the source's own word: the most frequent form, of several the first seen."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for view in views:
        for record in view.records:
            for value in record.values:
                counts.setdefault((value.name, value.value), Counter())[value.stated] += 1
    return {key: forms.most_common(1)[0][0] for key, forms in counts.items()}


def shared_values(campaign: method.Campaign) -> list[Shared]:
    """What the campaign's incidents share, strongest first; ties in the order in which the method found them.

    The weight is the method's own where it gives one for the whole group, else the mean weight of the links that rest
    on the value, times the links that a group of that many needs.
    """
    weights: dict[tuple[str, str], list[float]] = {}
    members: dict[tuple[str, str], dict[int, None]] = {}
    records: dict[tuple[str, str], dict[int, None]] = {}
    known: dict[tuple[str, str], tuple[int, int]] = {}
    for link in campaign.links:
        for item in link.evidence:
            key = (item.feature, item.value)
            weights.setdefault(key, []).append(item.bans)
            members.setdefault(key, {}).update({link.a: None, link.b: None})
            records.setdefault(key, {}).update(dict.fromkeys(int(record) for record in item.records))
            known[key] = (item.df, item.n)
    given = {(item.feature, item.value): item for item in campaign.shared}
    for key, item in given.items():
        known[key] = (item.df, item.n)
        records.setdefault(key, {}).update(dict.fromkeys(int(record) for record in item.records))
    found = []
    for key in dict.fromkeys([*given, *weights]):
        own, linked = records.get(key, {}), len(members.get(key, {}))
        many = linked or min(len(own), len(campaign.incidents))
        mean = sum(weights.get(key, ())) / max(1, len(weights.get(key, ())))
        strength = given[key].bans if key in given else mean * max(1, many - 1)
        found.append(Shared(*key, strength, many, *known[key], tuple(own)))
    return sorted(found, key=lambda item: -item.bans)


def title(campaign: method.Campaign, members: Sequence[picture.IncidentView], stated: Stated, language: str) -> str:
    """What a reader recognises: the strongest shared values, the domain, how many incidents, which years."""
    chosen = _title_values(campaign, stated, language)
    domains = Counter(value for view in members for value in view.values("domain"))
    words = catalogue("domains").labels(language)
    main = [words.get(key, key) for key, _ in domains.most_common(1)]
    times = [view.when for view in members if view.when]
    span = wording.years((when.start for when in times), (when.end for when in times))
    number = f"{len(members)} {'incidenten' if language == 'nl' else 'incidents'}"
    head = wording.distinct([*chosen, *main])
    head = [head[0][:1].upper() + head[0][1:], *head[1:]] if head else []
    return " · ".join([*head, ", ".join(filter(None, (number, span)))])[:300]


def why(campaign: method.Campaign, result: method.Result, stated: Stated) -> dict[str, Any]:
    """Why together and why it could be coincidence, as sentences for each language, with the rows they rest on.

    `together`: the shared values, strongest first. `coincidence`: three plain sentences. `method`: the figures behind
    them, each with its name.
    """
    values = shared_values(campaign)[:_KEPT]
    return {
        language: {
            "together": [_together(item, campaign, stated, language) for item in values],
            "coincidence": _coincidence(campaign, result, language),
            "method": _method(campaign, result, language),
        }
        for language in LANGUAGES
    }


def why_sentence(campaign: method.Campaign, result: method.Result, stated: Stated) -> dict[str, str]:
    """One sentence for each language: what is shared, and how often such a group arises by chance."""
    found = {}
    for language in LANGUAGES:
        words = [f"“{word}”" for word in _title_values(campaign, stated, language, most=3)]
        number, chance = len(campaign.incidents), wording.percent(campaign.p, language)
        if language == "nl":
            shared = f"delen {wording.listed(words, language)}" if words else "liggen dicht bijeen"
            found[language] = f"{number} incidenten {shared}; {CHANCE[language]}: {chance} van de keren."
        else:
            shared = f"share {wording.listed(words, language)}" if words else "lie close together"
            found[language] = f"{number} incidents {shared}; {CHANCE[language]}: {chance} of the time."
    return found


def _title_values(campaign: method.Campaign, stated: Stated, language: str, *, most: int = _IN_TITLE) -> list[str]:
    values = [item for item in shared_values(campaign) if item.feature not in wording.CLOSENESS]
    values = [item for item in values if item.feature not in ("domain", "wording", "actor")]
    wide = [item for item in values if 2 * item.incidents >= len(campaign.incidents)] or values
    narrow = [item for item in wide if item.feature not in _BROAD]
    broad = [item for item in wide if item.feature in _BROAD]
    ranked = [wording.value_word(item.feature, item.value, stated, language) for item in narrow + broad]
    return wording.distinct(wording.short(word, 48) for word in ranked)[:most]


def _together(item: Shared, campaign: method.Campaign, stated: Stated, language: str) -> dict[str, Any]:
    return {
        "text": _together_sentence(item, len(campaign.incidents), stated, language),
        "bans": round(item.bans, 3),
        "feature": item.feature,
        "value": wording.value_word(item.feature, item.value, stated, language),
        "incidents": item.incidents,
        "df": item.df,
        "records": list(item.records),
    }


def _together_sentence(item: Shared, size: int, stated: Stated, language: str) -> str:
    feature = wording.feature_word(item.feature, language)
    if item.feature in wording.CLOSENESS:
        return wording.closeness(item.feature, item.incidents, size, language)
    value = wording.value_word(item.feature, item.value, stated, language)
    only = item.df <= item.incidents
    if language == "nl":
        rest = "geen ander" if only else f"in de hele verzameling {item.df} van {item.n}"
        return f"{item.incidents} van de {size} incidenten noemen “{value}” ({feature}); {rest}."
    rest = "no other on record does" if only else f"in the whole collection {item.df} of {item.n} do"
    return f"{item.incidents} of the {size} incidents name “{value}” ({feature}); {rest}."


def _coincidence(campaign: method.Campaign, result: method.Result, language: str) -> list[str]:
    """Three plain sentences: chance, what was compared and could be shown, and who chose the collection."""
    worlds = len(result.null_best)
    beaten = sum(best >= campaign.bans - 1e-9 for best in result.null_best)
    chance, rate = wording.percent(campaign.p, language), wording.percent(result.parameters.fdr, language)
    least = result.smallest_showable
    if language == "nl":
        shown = f" Een campagne van minder dan {least} incidenten was in deze gegevens niet te zien." if least else ""
        return [
            f"Dit zegt {CHANCE['nl']}: in {beaten} van {worlds} geschudde werelden kwam een groep voor die minstens zo "
            f"sterk is; de echte meegeteld is dat {chance}.",
            f"Er zijn {result.comparisons} groepen vergeleken; van alles wat samen wordt voorgesteld is naar "
            f"verwachting hoogstens {rate} toeval.{shown}",
            "Mensen hebben gekozen wat in deze verzameling staat: wat niemand opmerkte, meldde of publiceerde "
            "ontbreekt, en wat opviel staat er vaker in.",
        ]
    shown = f" This data could not have shown a campaign of fewer than {least} incidents." if least else ""
    return [
        f"This is {CHANCE['en']}: a group at least this strong appeared in {beaten} of {worlds} shuffled worlds; with "
        f"the real one counted in, that is {chance}.",
        f"{result.comparisons} groups were compared; of all that is proposed together, at most {rate} is expected to "
        f"be chance.{shown}",
        "People chose what is in this collection: what nobody noticed, reported or published is missing, and what "
        "drew attention stands in it more often.",
    ]


def _method(campaign: method.Campaign, result: method.Result, language: str) -> list[dict[str, str]]:
    """The figures behind the sentences, each with its name and its value in words."""
    dutch = language == "nl"
    reports = campaign.reports or len(campaign.incidents)
    rows = [
        ("Sterkte" if dutch else "Strength", wording.bans(campaign.bans, language)),
        ("p", wording.decimal(campaign.p, 4, language)),
        ("e-waarde" if dutch else "e-value", wording.decimal(campaign.e_value, 2, language)),
        ("Afzonderlijke meldingen" if dutch else "Separate reports", str(reports)),
        ("Geschudde werelden" if dutch else "Shuffled worlds", str(len(result.null_best))),
        ("Vergeleken groepen" if dutch else "Groups compared", str(result.comparisons)),
        ("Methode" if dutch else "Method", f"{result.method} {result.version}"),
    ]
    settings = msgspec.to_builtins(result.parameters)
    rows += [(f"{'instelling' if dutch else 'setting'} {name}", _setting(value)) for name, value in settings.items()]
    return [{"name": name, "value": value} for name, value in rows]


def _setting(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or "-"
    return "-" if value is None else str(value)
