"""The register in words: its kinds of rows, their columns and the words of its choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.asking import page_language
from verband.rooms.forms import Options
from verband.rooms.measures.register.kinds import (
    AGAINST,
    ENDS,
    EVALUATE,
    GENERIC,
    NOT_AGAINST,
    TARGETED,
    Column,
)


def titles() -> Mapping[str, str]:
    """What each kind of row says, as the head of its card."""
    return {
        "step": _("State as known"),
        "means": _("Works against"),
        "conflict": _("Works against another measure"),
        "effect": _("What came of it"),
        "term": _("Terms"),
        "aim": _("Generic or aimed at a state"),
        "ground": _("Ground and investment climate"),
        "part": _("Who has a part in it"),
    }


def acts() -> Mapping[str, str]:
    """What a form of each kind asks to do."""
    return {
        "step": _("keep a state…"),
        "means": _("say which means…"),
        "conflict": _("say that two measures work against each other…"),
        "effect": _("keep an effect…"),
        "term": _("keep a term…"),
        "aim": _("say what it is aimed at…"),
        "ground": _("keep the ground…"),
        "part": _("say who has a part…"),
    }


def empty() -> Mapping[str, str]:
    """What stands where nothing of a kind is kept."""
    return {
        "step": _("Nobody has kept a state yet; only the status as stated is known."),
        "means": _("Not tagged: its own words name no means, and nobody has said one."),
        "conflict": _("Nobody says so."),
        "effect": _("Nobody has kept evidence of an effect."),
        "term": _("No day is kept by which it is evaluated or ends."),
        "aim": _("Nobody has said so yet."),
        "ground": _("Nobody has kept a ground of national security yet."),
        "part": _("Nobody has said yet what government, business, knowledge institutions or citizens do."),
    }


def lacks() -> Mapping[str, str]:
    """What a measure may lack, as a chip says it."""
    return {
        "state": _("no state known"),
        "aim": _("aim not said"),
        "part": _("no parties"),
        "term": _("no term"),
        "ground": _("no security ground"),
        "means": _("no means"),
        "effect": _("no effect known"),
    }


def label(name: str, kind: str = "") -> str:
    """The label of a column; that of a proposal where no kind is given."""
    own = {
        ("step", "reason"): _("What it rests on"),
        ("aim", "reason"): _("Why a country-neutral measure does not do"),
        ("aim", "until"): _("Until when it holds"),
        ("aim", "reviewer"): _("Who looks again"),
        ("term", "kind"): _("What is due"),
        ("effect", "day"): _("On which day"),
        ("", "kind"): _("Kind"),
    }
    words = {
        "state": _("State"),
        "since": _("Since"),
        "reason": _("Reason"),
        "what": _("What was seen, or that nothing was"),
        "due": _("By when"),
        "who": _("Who sees to it"),
        "aim": _("Aimed at"),
        "grounds": _("Grounds"),
        "climate": _("Effect on the investment climate"),
        "review_on": _("Looked at again on"),
        "party": _("Party"),
        "part": _("Its part"),
        "applies": _("Does government do it itself?"),
        "means": _("Means"),
        "stance": _("What is said"),
        "other": _("The other measure"),
        "source": _("Source"),
        "title_nl": _("Title in Dutch"),
        "title_en": _("Title in English"),
        "accent": _("Accent"),
        "theme": _("Theme"),
        "owner": _("Owner"),
        "existing": _("Why do existing measures not do?"),
    }
    return own.get((kind, name)) or words[name]


def helped(name: str, kind: str = "") -> str:
    """What stands under a field; empty where its label says enough."""
    own = {
        ("aim", "reason"): _("Needed with a measure aimed at a state, with a term and somebody who looks again."),
        ("part", "applies"): _("Asked where business has a part: government sets the example."),
        ("ground", "grounds"): _("At least one of national security; advantage on the market is none."),
        ("", "grounds"): _("Needed under the accent of economic security, with the two fields below it."),
        ("", "existing"): _("What exists comes first; a proposal without this is not kept."),
        ("step", "since"): _("The day from which the source says so."),
        ("aim", "reviewer"): _("A function or organisation."),
        ("term", "who"): _("A function or organisation."),
        ("", "owner"): _("A function or organisation."),
    }
    return own.get((kind, name), "")


def options(column: Column) -> Options:
    """The options of a choice, without a blank one."""
    if column.of:
        labels = catalogue(column.of).labels(page_language())
        return tuple((key, word) for key, word in labels.items() if key != "several_means")
    return tuple((key, choice(key)) for key in column.words)


def choice(key: str) -> str:
    """A word of a choice that is no key of a catalogue."""
    return {
        GENERIC: _("generic"),
        TARGETED: _("aimed at a state"),
        EVALUATE: _("to be evaluated"),
        ENDS: _("ends"),
        AGAINST: _("works against it"),
        NOT_AGAINST: _("does not work against it"),
        "yes": _("yes"),
        "partly": _("partly"),
        "no": _("no"),
        "unknown": _("unknown"),
    }[key]


def shown(column: Column, value: Any) -> str:
    """The value of a column as a page shows it; empty where there is none."""
    if value in (None, "", []):
        return ""
    if column.of:
        labels = catalogue(column.of).labels(page_language())
        return ", ".join(labels[key] for key in ([value] if isinstance(value, str) else value))
    return choice(value) if column.words else str(value)
