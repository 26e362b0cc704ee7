"""Words of the room in the language of the page: registers, their columns, and what can be chosen in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.exposure.columns import Column


def language() -> str:
    """The language of the page."""
    return (get_language() or "nl")[:2]


def titles() -> dict[str, str]:
    """The name of each register."""
    return {
        "processes": _("Processes and assets"),
        "requirements": _("Requirements"),
        "suppliers": _("Suppliers"),
        "supplies": _("What is held of suppliers"),
        "stocks": _("Stocks"),
        "obligations": _("Obligations"),
        "findings": _("Findings of inspections"),
        "stands-for": _("What nodes stand for"),
        "country-rules": _("Country rules"),
    }


def questions() -> dict[str, str]:
    """The question that each register answers."""
    return {
        "processes": _("Which processes and assets are there, whose, of which class, and when are they reviewed?"),
        "requirements": _("What does each need to run, how many of them, and how long does it last without?"),
        "suppliers": _("Who supplies, from where, and from where are they controlled, as a source states it?"),
        "supplies": _("Which process holds which product, software or equipment of whom?"),
        "stocks": _("How many days does each last on what lies there?"),
        "obligations": _("Which duties hold, which are coming, and within how many hours must be reported?"),
        "findings": _("What did inspections find?"),
        "stands-for": _("Which target that sources name, or which thing of the picture, is this node here?"),
        "country-rules": _("For which states may suppliers be looked for, why, until when, and who reviews it?"),
    }


def label(name: str) -> str:
    """The name of a column."""
    return {
        "access": _("Access level"),
        "act": _("Act"),
        "amount": _("Amount"),
        "buffer_h": _("Buffer in hours"),
        "buffer_high_h": _("Buffer, upper bound"),
        "buffer_low_h": _("Buffer, lower bound"),
        "controlled_from": _("Controlled from, as stated"),
        "country": _("Country, as stated"),
        "days": _("Days"),
        "found_on": _("Found on"),
        "function": _("Function"),
        "grade": _("Class"),
        "impact": _("Impact, and who judged it"),
        "impact_language": _("Language of the impact"),
        "interest": _("Interest"),
        "k": _("How many of them"),
        "key": _("Key"),
        "kind": _("Kind"),
        "legal_ground": _("Legal ground"),
        "marking": _("Marking"),
        "members": _("Needs (keys, with ; between)"),
        "name": _("Name"),
        "name_en": _("Name in English"),
        "name_nl": _("Name in Dutch"),
        "node": _("What needs it (key)"),
        "outcome": _("Outcome"),
        "owner": _("Owner, as stated"),
        "process": _("Process or asset (key)"),
        "product": _("Product"),
        "reason": _("Reason"),
        "report_within_h": _("Report within (hours)"),
        "review_on": _("Review on"),
        "reviewer": _("Reviewer (function or organisation)"),
        "sector": _("Sector"),
        "source": _("Source"),
        "stated_on": _("Stated on"),
        "status": _("Status"),
        "supplier": _("Supplier (key)"),
        "text": _("What it says"),
        "thing": _("Target as sources name it, or the address of a thing"),
        "unit": _("Unit"),
        "use_per_day": _("Use per day"),
        "valid_until": _("Valid until"),
        "vital": _("Vital process of the list"),
    }[name]


def choice(word: str) -> str:
    """A word that can be chosen in a column without a catalogue."""
    return {
        "process": _("process"),
        "asset": _("asset"),
        "supplier": _("supplier"),
        "product": _("product"),
        "software": _("software"),
        "equipment": _("equipment"),
        "nl": "Nederlands",
        "en": "English",
        "in_force": _("in force"),
        "coming": _("coming"),
        "in_order": _("in order"),
        "shortcoming": _("shortcoming"),
    }.get(word, word)


def sector(key: str) -> str:
    """The sector of a vital process in words; as it is stated for any other."""
    found = catalogue("sectors").find(key) if key else None
    own = {
        "drinking_water": _("drinking water"),
        "nuclear": _("nuclear"),
        "chemistry": _("chemistry"),
        "public_order": _("public order and safety"),
        "digital_government": _("digital government"),
    }
    return own.get(key) or (found.label(language()) if found else key)


def shown(column: Column, value: Any) -> str:
    """A value of a register as its table shows it."""
    if value is None or value == "":
        return "–"
    if column.of:
        return catalogue(column.of).get(value).label(language())
    if column.kind == "choice":
        return choice(value)
    if column.name == "sector":
        return sector(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return hours(value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def hours(value: float) -> str:
    """A number of hours or days without needless decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "nl" else text
