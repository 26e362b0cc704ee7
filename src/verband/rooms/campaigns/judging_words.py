"""How the tabs of judging say what the methods found: items of evidence, labels, states, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from verband.methods.connecting import hybrid, hypotheses
from verband.rooms.campaigns import wording


def item_words(item: hypotheses.Item, language: str) -> str:
    """What an item of the tool's own reading says; its key where it is no such item."""
    facts = {name: f"{value:g}" for name, value in item.facts.items()}
    if item.key == "chance":
        share = wording.percent(item.facts["chance"], language)
        return _("How often a group like this arises by chance in this collection: %(share)s.") % {"share": share}
    text = _items().get(item.key)
    return text % facts if text else item.key


def first_words(first: str, label: str) -> str:
    """The sentence that says which hypothesis is contradicted least, or that none stands out."""
    if first == hypotheses.NOT_DECIDED:
        return _("Not decided: no explanation is contradicted clearly less than all others.")
    return _("Contradicted least: %(hypothesis)s.") % {"hypothesis": label}


def label_words(result: hybrid.Result) -> str:
    """What the group may be called by the definition."""
    several = next(element for element in result.elements if element.key == "several_means")
    if result.label == "not_hybrid" and several.state == "not_met":
        return _("Not a hybrid campaign: the records name one means. At most a state threat.")
    return {
        "hybrid": _("Hybrid campaign: every needed element of the definition is met."),
        "state_threat": _("A state threat, not a hybrid campaign: the records name one means."),
        "not_hybrid": _("Not a hybrid campaign: a needed element of the definition is not met."),
        "open": _("Not called a hybrid campaign: needed elements of the definition are unknown."),
    }[result.label]


def state_words() -> Mapping[str, str]:
    """The words for met, not met and unknown."""
    return {"met": _("met"), "not_met": _("not met"), "unknown": _("unknown")}


def weight_words() -> Mapping[str, str]:
    """The words for the weight that a person gives to an item."""
    return {"low": _("low"), "moderate": _("moderate"), "high": _("high")}


def _items() -> Mapping[str, str]:
    return {
        "said_state": _("Sources state that a state is behind %(incidents)s of the %(of)s incidents."),
        "said_hired": _("Sources state that hired or loosely tied hands are behind %(incidents)s of the %(of)s."),
        "said_criminal": _("Sources state that criminals are behind %(incidents)s of the %(of)s incidents."),
        "said_activist": _("Sources state that a group without a state is behind %(incidents)s of the %(of)s."),
        "said_refuted": _("Sources state an accident, or an unfounded suspicion, for %(incidents)s of the %(of)s."),
        "said_disputed": _("Sources disagree about who is behind %(incidents)s of the %(of)s incidents."),
        "said_nothing": _("Sources name nobody for %(incidents)s of the %(of)s incidents."),
        "said_owner": _("A state is owner or decides openly in %(incidents)s of the %(of)s; that is no blame."),
        "kinds": _("Kinds of actor that sources blame: %(kinds)s."),
        "breadth": _("Breadth: means %(means)s, domains %(domains)s."),
        "cover": _("Acts that are lawful in themselves: %(incidents)s of the %(of)s incidents."),
    }
