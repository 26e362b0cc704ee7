"""Characters that a format cannot carry, made visible: nothing in a name can break, hide or turn round a line."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
_SPACES = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_KEPT_FORMAT = frozenset("\u00ad\u200b\u200c\u200d\u2060")


def clean(text: str) -> str:
    """The text on one line; control characters, turned writing and what is no character stand as `[U+202E]`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_clean(letter) for letter in text)


def in_print(text: str) -> str:
    """The text in characters that the shipped fonts have; each other one stands as `[U+1F600]`, joiners fall out."""
    if text.isascii() and text.isprintable():
        return text
    known = repertoire()
    whole = unicodedata.normalize("NFC", clean(text))
    return "".join(
        letter if letter in known else "" if letter in _KEPT_FORMAT else f"[U+{ord(letter):04X}]" for letter in whole
    )


@cache
def repertoire() -> frozenset[str]:
    """Every character that all shipped fonts can draw (`fonts/repertoire.txt`: ranges in hexadecimal)."""
    found: set[str] = set()
    for line in (FONTS / "repertoire.txt").read_text("utf-8").split():
        first, _, last = line.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def _clean(letter: str) -> str:
    if letter in _SPACES:
        return " "
    if letter in _KEPT_FORMAT:
        return letter
    kind = unicodedata.category(letter)
    # Cc control, Cf turns or hides, Cs half a character, Cn nobody's: XML and PDF refuse them or a reader is misled.
    return f"[U+{ord(letter):04X}]" if kind in ("Cc", "Cf", "Cs", "Cn", "Co") else letter
