"""No person and no lawful gathering is kept here (P3, P12, D1, D21): what texts are refused, and why.

It finds what leads to a person (mail, telephone, citizen number, account) and words that speak of one person, named or
not. A bare name in a text is not found; the form says that as well.
"""

from __future__ import annotations

import re
from functools import cache

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader

_CONTACT = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("telephone", re.compile(r"(?<![\w.,/-])(?:\+\d{2}|00\d{2}|0)[\s-]?\d(?:[\s-]?\d){7,8}(?!\w)")),
)
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
_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
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

    Raises InputError("watch.person_data"), ("watch.person") or ("watch.lawful_event"); the log has the attempt, not
    the words.
    """
    for field, text in texts.items():
        _refuse_contact(who, field, text, (*_CONTACT, *_ACCOUNT))
        for found in (_TITLED.search(text), *(pattern.search(text) for pattern in _one_person())):
            if found:
                _refuse(who, "watch.person", field, found[0])
        for sentence in _SENTENCES.split(text):
            if _DAY.search(sentence) and (found := _lawful().search(sentence)):
                _refuse(who, "watch.lawful_event", field, found[0])


def refuse_contact(who: Reader, **texts: str) -> None:
    """For sources: authors and office-holders may be named (D1), but nothing that leads to a person's home or line."""
    for field, text in texts.items():
        _refuse_contact(who, field, text, _CONTACT)


def refuse_lawful(who: Reader, **texts: str) -> None:
    """For what counts as a sign: the same as persons, and no lawful assembly, opinion, faith or press at all.

    Raises InputError("watch.lawful") besides.
    """
    refuse_persons(who, **texts)
    for field, text in texts.items():
        if found := _lawful().search(text):
            _refuse(who, "watch.lawful", field, found[0])


def _refuse_contact(who: Reader, field: str, text: str, kinds: tuple[tuple[str, re.Pattern[str]], ...]) -> None:
    for kind, pattern in kinds:
        if pattern.search(text):
            _refuse(who, "watch.person_data", field, kind)
    if any(_is_citizen_number(digits) for digits in _NINE_DIGITS.findall(text)):
        _refuse(who, "watch.person_data", field, "BSN")


def _refuse(who: Reader, code: str, field: str, words: str) -> None:
    audit.note("refused", actor=who.signature, object="person or lawful conduct", detail={"refused": code})
    raise InputError(code, field=field, kind=words, words=words)


def _is_citizen_number(digits: str) -> bool:
    """The eleven test of Dutch citizen numbers: weights 9 to 2 and -1, a sum that 11 divides."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total != 0 and total % 11 == 0


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
