"""What leads to a person's mailbox, line or file, which no room keeps in a text (P3, D1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

from verband.language.errors import InputError
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader

Kinds = Sequence[tuple[str, re.Pattern[str]]]
CONTACT: Kinds = (
    # It begins where the run of such letters begins: a long text without spaces is read once, not once for each letter.
    ("mail", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("telephone", re.compile(r"(?<![\w.,/-])(?:\+\d{2}|00\d{2}|0)[\s-]?\d(?:[\s-]?\d){7,8}(?!\w)")),
)
_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def refuse_contact(who: Reader, /, **texts: object) -> None:
    """Refuse a mail address, a telephone or a citizen number in those fields; what is no text is left alone.

    Authors and office-holders may be named (D1). Raises InputError("people.contact") at the field; the log has the
    attempt, not the words.
    """
    refuse_kinds(who, CONTACT, texts)


def refuse_kinds(who: Reader, kinds: Kinds, texts: Mapping[str, object]) -> None:
    """Refuse those kinds and a citizen number in those fields; raises as `refuse_contact`."""
    for field, text in texts.items():
        if not isinstance(text, str):
            continue
        for kind, pattern in kinds:
            if pattern.search(text):
                refuse(who, "people.contact", field, kind)
        if any(_is_citizen_number(digits) for digits in _NINE_DIGITS.findall(text)):
            refuse(who, "people.contact", field, "BSN")


def refuse(who: Reader, code: str, field: str, words: str) -> NoReturn:
    """Refuse what a person wrote in a field, with a line in the log that does not repeat it."""
    audit.note("refused", actor=who.signature, object="person or lawful conduct", detail={"refused": code})
    raise InputError(code, field=field, kind=words, words=words)


def _is_citizen_number(digits: str) -> bool:
    """The eleven test of Dutch citizen numbers: weights 9 to 2 and -1, a sum that 11 divides."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total != 0 and total % 11 == 0
