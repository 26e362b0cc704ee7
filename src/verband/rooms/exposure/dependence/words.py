"""Words of strategic dependencies in the language of the page: fields, choices, states, indicators and warnings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.rounded import Rounded
from verband.rooms.asking import page_language

#: A smaller part is told as below it.
_SMALLEST = 0.001


def label(name: str) -> str:
    """The name of a field."""
    return {
        "accepted": _("Is what remains accepted?"),
        "aimed_at": _("Aimed at one country (leave empty: it holds for all)"),
        "dependency": _("Dependency (key)"),
        "direction": _("Protect, promote or partner"),
        "for_whom": _("For whom"),
        "grounds": _("Grounds"),
        "impact_days": _("Days until it hurts"),
        "impact_high_days": _("Days, upper bound"),
        "impact_low_days": _("Days, lower bound"),
        "investment_climate": _("Effect on the investment climate"),
        "item": _("Product or material (key of its card)"),
        "key": _("Key"),
        "kind": _("Kind"),
        "marking": _("Marking"),
        "measure": _("Measure (number, where there is one)"),
        "milder": _("Milder alternative and dialogue that were weighed"),
        "name_en": _("Name in English"),
        "name_nl": _("Name in Dutch"),
        "no_protectionism": _("Why this is no protectionism"),
        "on_whom": _("On whom, as stated"),
        "process": _("Process or asset (key)"),
        "product": _("Product"),
        "reason": _("Reason"),
        "replaced_percent": _("Part that others could replace (%)"),
        "review_on": _("Review on"),
        "reviewer": _("Reviewer (function or organisation)"),
        "source": _("Source"),
        "substitutability": _("Could another source take its place?"),
        "supplier": _("Supplier (key)"),
        "text": _("What it says"),
        "verdict": _("Judgement"),
        "why_aimed": _("Why a general measure does not do"),
    }[name]


def choice(word: str) -> str:
    """A word that can be chosen, or a state."""
    return {
        "product": _("product"),
        "material": _("raw material"),
        "service": _("service"),
        "technology": _("technology"),
        "risky": _("risky"),
        "not_risky": _("not risky"),
        "at_once": _("at once"),
        "within_a_year": _("within a year"),
        "later": _("later than a year"),
        "hardly": _("hardly"),
        "unknown": _("not known"),
        "protect": _("protect"),
        "promote": _("promote"),
        "partner": _("partner"),
        "national_security": _("national security"),
        "vital_process": _("continuity of a vital process"),
        "other_public_interest": _("another public interest"),
        "market_advantage": _("market advantage (never alone)"),
        "accepted": _("accepted as it is"),
        "not_accepted": _("not accepted as it is"),
        "identified": _("identified"),
        "mitigated": _("mitigated"),
        "residual": _("what remains is judged"),
        "trade": _("products in trade"),
        "materials": _("raw materials"),
        "world": _("the world's supply"),
        "eu": _("the European Union's supply"),
        "dependent": _("dependent"),
        "lasting": _("lastingly dependent"),
        "warning": _("with a warning"),
        "registered": _("in the register"),
        "not_dependent": _("not dependent"),
        "not_judged": _("not judged"),
    }.get(word, word)


def scope(kind: str, text: str) -> str:
    """Whose supply it is."""
    return choice(text) if kind == "materials" else _("imports of %(members)s") % {"members": text}


def indicator(key: str) -> str:
    """An indicator by its key in the catalogue."""
    return catalogue("dependency_indicators").get(key).label(page_language())


def warning(word: str) -> str:
    """What a warning says; empty where there is none."""
    return {
        "coverage": _("Too little of the supply has a country with it: a warning, no verdict."),
        "nothing_imported": _("Nothing comes from outside: no verdict."),
    }.get(word, "")


def persistent(word: str) -> str:
    """What the years say together."""
    return {
        "dependent": _("in at least two of the last three years"),
        "not_dependent": _("not in two of the last three years"),
        "not_judged": _("years are missing that could turn it"),
    }[word]


def number(value: float | None, digits: int = 2) -> str:
    """A figure with the decimal mark of the page; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if page_language() == "nl" else text


def spread(value: Rounded | None, digits: int = 2) -> str:
    """A figure with its interval where rounding leaves one."""
    if value is None:
        return "–"
    if value.width < 10**-digits / 2:
        return number(value.value, digits)
    return f"{number(value.value, digits)} ({number(value.low, digits)} – {number(value.high, digits)})"


def percent(value: float | None) -> str:
    """A share as a percentage without needless decimals."""
    if value is None:
        return "–"
    if 0 < value < _SMALLEST:
        return f"< {number(100 * _SMALLEST, 1)} %"
    return f"{number(100 * value, 1 if value < 0.1 else 0)} %"


def percent_spread(value: Rounded) -> str:
    """A share with what its rounding allows, in percent."""
    low, high = (number(100 * part, 1) for part in (value.low, value.high))
    if low == high:
        return percent(value.value)
    return f"{percent(value.value)} ({low} – {high})"
