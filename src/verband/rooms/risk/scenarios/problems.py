"""What is wrong with what a person filled in, for the field that it stands beside."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.language.errors import VerbandError
from verband.rooms.problems import Problem

#: Field that an error is about, where the error does not name it itself.
_FIELDS = {
    "scenario.key": "key",
    "scenario.taken": "key",
    "scenario.days_reversed": "valid_until",
    "scenario.no_such": "ref",
    "scenario.link_kind": "kind",
    "session.few": "experts",
    "session.own_seat": "experts",
    "session.may_not_see": "experts",
    "people.unknown": "experts",
    "risk.above_ceiling": "marking",
}


def problem_of(error: VerbandError, form: str, language: str, *, field: str = "") -> Problem:
    """The problem that an error stands for; without a field of its own it stands at the form's first."""
    told = str(error.params.get("field", "")) or _FIELDS.get(error.code, "") or field
    named = type(error)(error.code, **{**error.params, "field": _label(told)})
    return Problem(form, told, named.message(language), named.hint(language))


def _label(field: str) -> str:
    """The field as the form calls it."""
    return {
        "title_nl": _("Title in Dutch"),
        "title_en": _("Title in English"),
        "text": _("What it says"),
        "interests": _("Interests"),
        "reason": _("Reason"),
        "answer": _("Answer"),
        "rationale": _("Rationale"),
        "observed_on": _("Observed on"),
        "valid_until": _("Valid until"),
        "ref": _("Key, from its page"),
    }.get(field, field)
