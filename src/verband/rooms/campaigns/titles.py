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
from verband.language.decimals import decimal
from verband.language.words import fold
from verband.methods import connecting as method
from verband.methods.connecting import explain, phrases
from verband.rooms.campaigns import wording
from verband.rooms.campaigns.spelling import Stated
from verband.rooms.picture import services as picture

LANGUAGES = ("nl", "en")
CHANCE: Mapping[str, str] = {
    "nl": "hoe vaak zo'n groep in deze verzameling door toeval ontstaat",
    "en": "how often a group like this arises by chance in this collection",
}
_IN_TITLE = 2
_KEPT = 40


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


def shared_values(campaign: method.Campaign) -> list[Shared]:
    """What the campaign's incidents share, strongest first; ties in the order in which the method found them.

    The weight of a value or word is the method's own for the group; words of one link alone stay with it. Nearness,
    which the method gives for links alone, has the mean weight of the links that it speaks for, times the links that a
    group of that many needs.
    """
    weights: dict[tuple[str, str], list[float]] = {}
    ends: dict[tuple[str, str], dict[int, None]] = {}
    about: dict[tuple[str, str], method.LinkEvidence] = {}
    records: dict[tuple[str, str], dict[int, None]] = {}
    for item in campaign.shared:
        key = (item.feature, item.value)
        about[key], records[key] = item, dict.fromkeys(int(record) for record in item.records)
    for link in campaign.links:
        for item in link.evidence:
            if item.feature == method.WORDING:
                continue
            key = (item.feature, "" if item.feature in wording.CLOSENESS else item.value)
            again = any(key[0] == other[0] and phrases.alike(key[1], other[1]) for other in about)
            if item.bans > 0 and (key in about or not again):
                weights.setdefault(key, []).append(item.bans)
                ends.setdefault(key, {}).update({link.a: None, link.b: None})
                about.setdefault(key, item)
                records.setdefault(key, {}).update(dict.fromkeys(int(record) for record in item.records))
    own = {(item.feature, item.value): item.bans for item in campaign.shared}
    found = []
    for key, item in about.items():
        linked = weights.get(key, [])
        many = min(len(records[key]) or len(ends[key]), len(campaign.incidents))
        strength = own[key] if key in own else sum(linked) / len(linked) * max(1, len(ends[key]) - 1)
        found.append(Shared(*key, strength, many, item.df, item.n, tuple(records[key])))
    return sorted(found, key=lambda shared: -shared.bans)


def title(campaign: method.Campaign, members: Sequence[picture.IncidentView], stated: Stated, language: str) -> str:
    """What a reader recognises: the strongest shared values, the domain, how many incidents, which years."""
    chosen = _title_values(campaign, stated, language)
    domains = Counter(value for view in members for value in view.values("domain"))
    words = catalogue("domains").labels(language)
    main = [words.get(key, key) for key, _ in domains.most_common(1)]
    times = [view.when for view in members if view.when]
    span = wording.years((when.start for when in times), (when.end for when in times))
    number = wording.incidents(len(members), language)
    head = wording.distinct([*chosen, *main])
    head = [head[0][:1].upper() + head[0][1:], *head[1:]] if head else []
    return " · ".join([*head, ", ".join(filter(None, (number, span)))])[:300]


def why(campaign: method.Campaign, result: method.Result, stated: Stated) -> dict[str, Any]:
    """Why together and why it could be coincidence, as sentences for each language, with the rows they rest on.

    `together`: the shared values, strongest first. `coincidence`: three plain statements. `facts`: what was compared
    and what could have been shown. `method`: the figures behind them, each with its name.
    """
    values = shared_values(campaign)[:_KEPT]
    return {
        language: {
            "together": [_together(item, word, campaign, language) for item, word in _worded(values, stated, language)],
            "coincidence": _coincidence(campaign, result, language),
            "reports": campaign.reports or len(campaign.incidents),
            "facts": _facts(result, language),
            "method": _method(campaign, result, language),
        }
        for language in LANGUAGES
    }


def why_sentence(campaign: method.Campaign, result: method.Result, stated: Stated) -> dict[str, str]:
    """One sentence for each language: what is shared, and how often such a group arises by chance."""
    found = {}
    for language in LANGUAGES:
        words = [f"“{word}”" for word in _title_values(campaign, stated, language, most=3)]
        number, chance = wording.incidents(len(campaign.incidents), language), wording.percent(campaign.p, language)
        if language == "nl":
            shared = f"delen {wording.listed(words, language)}" if words else "liggen dicht bijeen"
            found[language] = f"{number} {shared}; {CHANCE[language]}: {chance} van de keren."
        else:
            shared = f"share {wording.listed(words, language)}" if words else "lie close together"
            found[language] = f"{number} {shared}; {CHANCE[language]}: {chance} of the time."
    return found


def _title_values(campaign: method.Campaign, stated: Stated, language: str, *, most: int = _IN_TITLE) -> list[str]:
    """Words for what was done, then for what else is shared, strongest first; broad values last.

    What fewer than half of the incidents share comes in only where nothing else is shared.
    """
    values = [item for item in shared_values(campaign) if item.feature not in wording.CLOSENESS]
    values = [item for item in values if item.feature not in ("domain", method.WORDING, "actor")]
    said = [item for item in values if not _generic(wording.value_word(item.feature, item.value, stated, language))]
    values = said or values
    wide = [item for item in values if 2 * item.incidents >= len(campaign.incidents)] or values
    narrow = [item for item in wide if item.feature not in wording.BROAD]
    doing = [item for item in narrow if item.feature in wording.DOING][:1]
    broad = [item for item in wide if item.feature in wording.BROAD]
    ranked = [wording.value_word(item.feature, item.value, stated, language) for item in doing + narrow + broad]
    return wording.distinct(wording.short(word, 48) for word in ranked)[:most]


def _generic(word: str) -> bool:
    """Whether the word is only what a feature is called, such as `time`, and so names nothing."""
    names = {
        fold(explain.feature_name(name, language)) for name in (*method.FEATURES, "time") for language in LANGUAGES
    }
    return fold(word) in names


def _worded(values: Sequence[Shared], stated: Stated, language: str) -> list[tuple[Shared, str]]:
    """Each value with its word. Of several values that one stated phrase gave, later ones have the catalogue's word.

    Where the catalogue has none either, the later one is left out: a reader would see the same reason twice.
    """
    found: dict[tuple[str, str], tuple[Shared, str]] = {}
    for item in values:
        word = wording.value_word(item.feature, item.value, stated, language)
        if (item.feature, word) in found:
            word = wording.value_word(item.feature, item.value, {}, language)
            entry = catalogue("means").find(item.value) if item.feature == "means" else None
            word = entry.label(language) if entry else word
        found.setdefault((item.feature, word), (item, word))
    return list(found.values())


def _together(item: Shared, value: str, campaign: method.Campaign, language: str) -> dict[str, Any]:
    return {
        "text": _together_sentence(item, value, campaign, language),
        "bans": round(item.bans, 3),
        "feature": item.feature,
        "value": value,
        "incidents": item.incidents,
        "df": item.df,
        "n": item.n,
        "records": list(item.records),
    }


def _together_sentence(item: Shared, value: str, campaign: method.Campaign, language: str) -> str:
    """How many incidents name the value, and how common it is among all reports of the collection."""
    size = len(campaign.incidents)
    if item.feature in wording.CLOSENESS:
        return wording.closeness(item.feature, item.incidents, size, language)
    feature = wording.feature_word(item.feature, language)
    repeats = size - (campaign.reports or size)
    only = item.df <= item.incidents - repeats
    if language == "nl":
        rest = "geen andere melding" if only else f"in de hele verzameling {item.df} van de {item.n} meldingen"
        name = "noemt" if item.incidents == 1 else "noemen"
        return f"{item.incidents} van de {size} incidenten {name} “{value}” ({feature}); {rest}."
    do, name = "does" if item.df == 1 else "do", "names" if item.incidents == 1 else "name"
    rest = "no other report does" if only else f"in the whole collection {item.df} of {item.n} reports {do}"
    return f"{item.incidents} of the {size} incidents {name} “{value}” ({feature}); {rest}."


def _coincidence(campaign: method.Campaign, result: method.Result, language: str) -> list[str]:
    """Three plain statements: how often by chance, who chose the collection, what else makes incidents alike."""
    chosen, attention, common_cause = explain.why_coincidence(language)
    often = f"{explain.how_often(campaign, result, language)} {explain.how_many(campaign, language)}"
    return [often, chosen, f"{attention} {common_cause}"]


def _facts(result: method.Result, language: str) -> list[str]:
    """What was compared, and what the collection could not have shown."""
    rate, one = wording.percent(result.parameters.fdr, language), result.comparisons == 1
    if language == "nl":
        groups = "Er is 1 groep" if one else f"Er zijn {result.comparisons} groepen"
        compared = (
            f"{groups} vergeleken; van alles wat samen wordt voorgesteld is naar verwachting hoogstens {rate} toeval."
        )
    else:
        groups = "1 group was" if one else f"{result.comparisons} groups were"
        compared = f"{groups} compared; of all that is proposed together, at most {rate} is expected to be chance."
    facts = [compared, explain.fixed(language)] if result.thin else [compared]
    return [*facts, explain.smallest(result, language)] if result.smallest_showable else facts


def _method(campaign: method.Campaign, result: method.Result, language: str) -> list[dict[str, str]]:
    """The figures behind the sentences, each with its name and its value in words."""
    dutch = language == "nl"
    reports = campaign.reports or len(campaign.incidents)
    rows = [
        ("Sterkte" if dutch else "Strength", wording.bans(campaign.bans, language)),
        (_compared(result, dutch=dutch), decimal(campaign.strength, 2, language)),
        ("p", decimal(campaign.p, 4, language)),
        ("e-waarde" if dutch else "e-value", decimal(campaign.e_value, 2, language)),
        ("Afzonderlijke meldingen" if dutch else "Separate reports", str(reports)),
        ("Geschudde werelden" if dutch else "Shuffled worlds", str(len(result.null_best))),
        ("Vergeleken groepen" if dutch else "Groups compared", str(result.comparisons)),
        ("Methode" if dutch else "Method", f"{result.method} {result.version}"),
    ]
    settings = msgspec.to_builtins(result.parameters)
    rows += [(f"{'instelling' if dutch else 'setting'} {name}", _setting(value)) for name, value in settings.items()]
    return [{"name": name, "value": value} for name, value in rows]


def _compared(result: method.Result, *, dutch: bool) -> str:
    """The name of what is compared with the shuffled worlds."""
    if result.thin:
        return "Nabijheid van de data (-log10 aandeel)" if dutch else "Nearness of the dates (-log10 of a share)"
    return "Vergeleken met geschudde werelden" if dutch else "Compared with shuffled worlds"


def _setting(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value) or "-"
    return "-" if value is None else str(value)
