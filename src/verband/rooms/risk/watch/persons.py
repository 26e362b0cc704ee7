"""No person and no lawful gathering is kept here (P3, P12, D1, D21): what texts are refused, and why.

It finds what leads to a person (mail, telephone, citizen number, account) and words that speak of one person, named or
not. A bare name in a text is not found; the form says that as well.
"""

from __future__ import annotations

import re
from functools import cache

from verband.language.catalogues import catalogue
from verband.rooms.people import contact
from verband.rooms.people.services import Reader

_ACCOUNT = (
    ("account", re.compile(r"(?<![\w/.@])@\w{3,}")),
    (
        "account",
        re.compile(
            r"(?<![\w.])(?:(?:facebook|instagram|tiktok|twitter|threads|linkedin|vk|x)\.com|t\.me)/[\w@./-]+",
            re.IGNORECASE,
        ),
    ),
)
_TITLED = re.compile(
    r"\b(?i:de heer|mevrouw|meneer|dhr\.?|mevr\.?|mw\.|mr\.|mrs\.?|ms\.|drs\.|dr\.|ir\.|prof\.)\s+"
    r"(?:[A-Z]\.\s*)*(?:(?:van|de|der|den|ten|ter|el|al)\s+)*[A-Z][\w'-]+"
)
_ONE = r"\b(?:a|an|the|this|that|one|een|één|de|deze|die|het|dat|dit)\s+(?:\w+\s+)?"
_NAME = r"\s+(?:[A-Z]\.\s*)*[A-Z][\w'-]+"
_DAY = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b|"
    r"\b\d{1,2}\s+(?:jan|feb|mrt|maart|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?;]\s|\n")


def refuse_persons(who: Reader, **texts: str) -> None:
    """Refuse texts that speak of one person, hold what leads to one, or follow one lawful gathering on one day.

    Raises InputError("people.contact"), ("watch.person") or ("watch.lawful_event"); the log has the attempt, not
    the words.
    """
    for field, text in texts.items():
        contact.refuse_kinds(who, (*contact.CONTACT, *_ACCOUNT), {field: text})
        for found in (_TITLED.search(text), *(pattern.search(text) for pattern in _one_person())):
            if found:
                contact.refuse(who, "watch.person", field, found[0])
        for sentence in _SENTENCES.split(text):
            if _DAY.search(sentence) and (found := _lawful().search(sentence)):
                contact.refuse(who, "watch.lawful_event", field, found[0])


def refuse_lawful(who: Reader, **texts: str) -> None:
    """For what counts as a sign: the same as persons, and no lawful assembly, opinion, faith or press at all.

    Raises InputError("watch.lawful") besides.
    """
    refuse_persons(who, **texts)
    for field, text in texts.items():
        if found := _lawful().search(text):
            contact.refuse(who, "watch.lawful", field, found[0])


@cache
def _one_person() -> tuple[re.Pattern[str], ...]:
    """Patterns of one person who takes part: with an article in the singular, or followed by a name."""
    words = [word for entry in catalogue("lawful_conduct").entries for word in entry.strings("persons")]
    spelled = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return (
        re.compile(rf"{_ONE}(?:{spelled})\b", re.IGNORECASE),
        re.compile(rf"\b(?i:{spelled})s?{_NAME}"),
    )


@cache
def _lawful() -> re.Pattern[str]:
    words = [word for entry in catalogue("lawful_conduct").entries for word in entry.strings("words")]
    spelled = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"\b(?:{spelled})(?!\w)", re.IGNORECASE)
