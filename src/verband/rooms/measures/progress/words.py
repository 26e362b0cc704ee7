"""Terms, later states, steps and columns in the words of the page."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verband.rooms.measures.progress.terms import Term


def state_word(key: str) -> str:
    """What is known later, in words."""
    return {
        "fulfilled": _("fulfilled"),
        "late": _("late"),
        "changed": _("changed"),
        "running": _("running"),
        "unknown": _("unknown"),
    }[key]


def letter_state(key: str) -> str:
    """The state of a letter, in words."""
    return {"draft": _("a draft"), "agreed": _("agreed on"), "sent": _("sent")}[key]


def column_word(key: str) -> str:
    """A column of the grid of owners and terms, in words."""
    return {
        "overdue": _("End past"),
        "end": _("Not overdue"),
        "earliest": _("Start only"),
        "continuous": _("Continuous"),
        "unknown": _("No end stated"),
    }[key]


def owed_word(key: str) -> str:
    """What is owed to parliament, in words; the register's own word where there is no other."""
    return {
        "motie": _("motion"),
        "toezegging": _("undertaking"),
        "aangekondigde brief": _("announced letter"),
        "rapportage": _("report"),
        "none": _("not owed"),
    }.get(key, key)


def term_words(term: Term) -> str:
    """The term as it was read: days, or why there are none."""
    if term.kind == "continuous":
        return _("continuous")
    if term.kind == "earliest":
        if term.first is None:
            return _("a beginning only; no end stated")
        return _("from %(day)s; no end stated") % {"day": day(term.first)}
    if term.kind == "unknown" or term.last is None:
        return _("no term stated") if term.rule == "none" else _("no day can be read")
    if term.first is None or term.first == term.last:
        return _("by %(day)s at the latest") % {"day": day(term.last)}
    return _("%(first)s – %(last)s") % {"first": day(term.first), "last": day(term.last)}


def rule_words(term: Term) -> str:
    """The part of the convention by which it was read."""
    return {
        "day": _("a day"),
        "month": _("a month ends on its last day"),
        "quarter": _("a quarter ends on its last day"),
        "half": _("half a year"),
        "season": _("a season, by our convention: no day too early"),
        "year": _("a year ends on its last day"),
        "years": _("years end on the last day of the last one"),
        "none": _("nothing was stated"),
        "text": _("the words hold no day"),
    }[term.rule]


def day(at: date) -> str:
    """A day in the language of the page."""
    return date_format(at, "j F Y")
