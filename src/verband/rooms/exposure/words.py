"""Words of the room in the language of the page: registers, their columns, and what can be chosen in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from verband.language.catalogues import catalogue
from verband.language.decimals import marked
from verband.rooms.asking import page_language
from verband.rooms.exposure.columns import Column


def titles() -> dict[str, str]:
    """The name of each register."""
    return {
        "processes": _("Processes and assets"),
        "requirements": _("Requirements"),
        "suppliers": _("Suppliers"),
        "supplies": _("What is held of suppliers"),
        "stocks": _("Stocks"),
        "obligations": _("Obligations"),
        "fulfilments": _("How far duties are met"),
        "claims": _("Civil-military claims"),
        "claim-answers": _("Answers to claims"),
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
        "fulfilments": _("How far is each process with each duty, and what shows it?"),
        "claims": _("Who asks which asset for armed forces or an ally, from when until when, and what for?"),
        "claim-answers": _("Which claims were agreed or declined, by whom, and on what terms?"),
        "findings": _("What did inspections find?"),
        "stands-for": _("Which target that sources name, or which thing of the picture, is this node here?"),
        "country-rules": _("For which states may suppliers be looked for, why, until when, and who reviews it?"),
    }


def label(name: str) -> str:
    """The name of a column."""
    return {
        "access": _("Access level"),
        "act": pgettext("law", "Act"),
        "amount": _("Amount"),
        "answer": _("Answer"),
        "answered_by": _("Answered by (function or organisation)"),
        "answered_on": _("Answered on"),
        "as_of": _("As of"),
        "asker": _("Who asks (function or organisation)"),
        "asset": _("Asset (key)"),
        "asset_class": _("Class of asset"),
        "assumption": _("What the connections mean for what needs what"),
        "buffer_h": _("Buffer in hours"),
        "buffer_high_h": _("Buffer, upper bound"),
        "buffer_low_h": _("Buffer, lower bound"),
        "claim": _("Claim (key)"),
        "controlled_from": _("Controlled from, as stated"),
        "counted_from": _("Counted from"),
        "countries": _("Only of these countries, as the file writes them (with ; between)"),
        "country": _("Country, as stated"),
        "days": _("Days"),
        "decided_by": _("Decided by (function or organisation)"),
        "done_on": _("Done on"),
        "every_months": _("Repeated every (months)"),
        "evidence": _("Evidence"),
        "found_on": _("Found on"),
        "from_day": _("From (day)"),
        "function": _("Function"),
        "grade": _("Class"),
        "impact": _("Impact, and who judged it"),
        "impact_language": _("Language of the impact"),
        "interest": _("Interest"),
        "k": _("How many of them"),
        "key": _("Key"),
        "kind": _("Kind"),
        "latitude": _("Latitude (degrees)"),
        "legal_ground": _("Legal ground"),
        "longitude": _("Longitude (degrees)"),
        "marking": _("Marking"),
        "members": _("Needs (keys, with ; between)"),
        "name": _("Name"),
        "name_en": _("Name in English"),
        "name_nl": _("Name in Dutch"),
        "node": _("What needs it (key)"),
        "obligation": _("Duty (key)"),
        "outcome": _("Outcome"),
        "owner": _("Owner, as stated"),
        "parties": _("Parties that take part (organisations)"),
        "prefix": _("Beginning of the keys"),
        "process": _("Process or asset (key)"),
        "product": _("Product"),
        "purpose": _("Purpose"),
        "reason": _("Reason"),
        "report_within_h": _("Report within (hours)"),
        "report_within_months": _("Report within (months)"),
        "review_on": _("Review on"),
        "reviewer": _("Reviewer (function or organisation)"),
        "sector": _("Sector"),
        "source": _("Source"),
        "state": _("State"),
        "stated_on": _("Stated on"),
        "status": _("Status"),
        "step": _("Step"),
        "supplier": _("Supplier (key)"),
        "text": _("What it says"),
        "text_en": _("What it says, in English"),
        "title": _("Title"),
        "title_en": _("Title in English"),
        "title_nl": _("Title in Dutch"),
        "thing": _("Target as sources name it, or the address of a thing"),
        "unit": _("Unit"),
        "until_day": _("Until (day)"),
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
        "open": pgettext("duty", "open"),
        "in_progress": _("in progress"),
        "met": _("met"),
        "host_nation": _("host-nation support"),
        "corridor": _("mobility corridor"),
        "other": _("other"),
        "requested": _("requested"),
        "agreed": _("agreed"),
        "declined": _("declined"),
        "noticing": _("noticing the incident"),
        "notification": _("the notification that was sent"),
        "alone": _("assets alone, without requirements"),
        "neighbours": _("a point needs 1 of the points it is connected with"),
        "connections": _("a point needs 1 of its connections, a connection all the points it joins"),
        "grid": _("power grid (GridKit)"),
        "zoo": _("telecom network (Topology Zoo)"),
        "gas": _("gas network (SciGRID_gas)"),
        "cables": _("undersea cables (GeoJSON)"),
    }.get(word, word)


def sector(key: str) -> str:
    """A sector or a vital process of the lists in words; as it is stated for any other."""
    found = (catalogue("sectors").find(key) or catalogue("vital_processes").find(key)) if key else None
    own = {
        "drinking_water": _("drinking water"),
        "nuclear": _("nuclear"),
        "chemistry": _("chemistry"),
        "public_order": _("public order and safety"),
        "digital_government": _("digital government"),
    }
    return own.get(key) or (found.label(page_language()) if found else key)


def shown(column: Column, value: Any) -> str:
    """A value of a register as its table shows it."""
    if value is None or value == "":
        return "–"
    if column.of:
        return catalogue(column.of).get(value).label(page_language())
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
    return marked(f"{value:.2f}".rstrip("0").rstrip("."), page_language())


def in_hours(value: float) -> str:
    """A term in hours."""
    return _("%(n)s hours") % {"n": hours(value)}


def in_months(value: int) -> str:
    """A term in calendar months."""
    return ngettext("%(n)s month", "%(n)s months", value) % {"n": value}


def left_out(reason: str) -> str:
    """Why something in an imported file is no part of the network."""
    return {
        "planned": _("under construction, or ending there"),
        "imports": _("connections that leave the files; their bus counts as supplied from outside"),
        "files": _("files that are no table of this kind and were not read"),
        "ends_nowhere": _("ends of lines that lie at no landing point"),
        "outside": _("points and connections outside the countries chosen"),
    }.get(reason, reason)


def noted(notes: tuple[str, ...]) -> str:
    """What a file says besides of a point or connection; what is no word of ours stands as the file has it."""
    own = {
        "town": _("place of the town"),
        "region": _("place of the region"),
        "country": _("place of the country"),
        "outside": _("outside the network, as the file marks it"),
    }
    told = []
    for note in notes:
        entry = catalogue("asset_classes").find(note.removeprefix("also:")) if note.startswith("also:") else None
        told.append(_("also %(kind)s") % {"kind": entry.label(page_language())} if entry else own.get(note, note))
    return "; ".join(told)
